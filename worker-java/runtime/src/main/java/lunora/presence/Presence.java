package lunora.presence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lunora.api.AppModule;
import lunora.api.Args;
import lunora.api.ConnectionEvent;
import lunora.api.FunctionContext;
import lunora.api.FunctionDescriptor;
import lunora.api.Identity;
import lunora.api.MutationContext;
import lunora.api.Order;
import lunora.api.Param;
import lunora.api.QueryContext;
import lunora.api.TableWriter;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.schema.Codecs;
import lunora.schema.Doc;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;

/**
 * Presence in rooms: {@code presence:heartbeat}, {@code presence:listPresent}, the internal {@code
 * presence:sweep}, and a hook that takes out sessions whose socket closed. A client that wants that
 * says {@code {"roomId","sessionId"}} as the context of its connect frame.
 *
 * <p>A session that stops sending heartbeats drops out of every list after the time to live; a live
 * query hears of that with the room's next heartbeat.
 */
public final class Presence {

  /** The longest data of a session, as UTF-8 bytes of its JSON. */
  private static final int DATA_BYTES_MAX = 4096;

  /** Old sessions of the room that one heartbeat deletes at most. */
  private static final int EXPIRED_MAX = 8;

  /** Sessions that one sweep looks at, oldest rows first. */
  private static final int SWEEP_ROWS_MAX = 10_000;

  private static final Param<String> ROOM_ID = Param.of("roomId", Codecs.STRING);
  private static final Param<String> SESSION_ID = Param.of("sessionId", Codecs.STRING);
  private static final Param<Value> DATA = Param.of("data", Codecs.ANY);

  private final PresenceSettings settings;

  private Presence(PresenceSettings settings) {
    this.settings = settings;
  }

  /** The module with {@link PresenceSettings#DEFAULT}. */
  public static AppModule module() {
    return module(PresenceSettings.DEFAULT);
  }

  /** The module. */
  public static AppModule module(PresenceSettings settings) {
    Presence presence = new Presence(settings);
    return AppModule.create()
        .table(PresenceRow.TABLE)
        .mutation(
            FunctionDescriptor.named("presence:heartbeat")
                .param(ROOM_ID)
                .param(SESSION_ID)
                .param(DATA)
                .returns(PresenceCount.LAST_SEEN)
                .mutation(presence::heartbeat))
        .query(
            FunctionDescriptor.named("presence:listPresent")
                .param(ROOM_ID)
                .returns(Codecs.list(PresenceMember.CODEC))
                .query(presence::listPresent))
        .mutation(
            FunctionDescriptor.internal("presence:sweep")
                .returns(PresenceCount.DELETED)
                .mutation(presence::sweep))
        .onDisconnect("presence:disconnect", presence::disconnected)
        .build();
  }

  private PresenceCount heartbeat(MutationContext ctx, Args args) {
    Value data = args.get(DATA);
    refuseLarge(data);
    double now = ctx.now().toEpochMilli();
    Optional<String> userId = userOf(ctx);
    TableWriter<PresenceRow> rows = ctx.table(PresenceRow.TABLE);
    Optional<Doc<PresenceRow>> known = find(rows, args.get(ROOM_ID), args.get(SESSION_ID));
    PresenceRow row = new PresenceRow(data, now, args.get(ROOM_ID), args.get(SESSION_ID), userId);
    if (known.isEmpty()) {
      rows.insert(row);
    } else if (known.get().value().userId().equals(userId)) {
      rows.replace(known.get().id(), row);
    } else {
      throw new LunoraException(ErrorCode.FORBIDDEN, "this session belongs to somebody else");
    }
    for (Doc<PresenceRow> old : oldest(rows, args.get(ROOM_ID))) {
      if (old.value().lastSeen() <= settings.deletableAt(now)) {
        rows.delete(old.id());
      }
    }
    return new PresenceCount(now);
  }

  private static List<Doc<PresenceRow>> oldest(TableWriter<PresenceRow> rows, String roomId) {
    return rows.index(PresenceRow.BY_ROOM_LAST_SEEN)
        .eq(PresenceRow.ROOM_ID, roomId)
        .take(EXPIRED_MAX);
  }

  private static void refuseLarge(Value data) {
    if (data instanceof Value.Undefined) {
      return;
    }
    JsonWriter json = new JsonWriter();
    WireCodec.write(data, json);
    byte[] bytes = json.finish().toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > DATA_BYTES_MAX) {
      throw new LunoraException(
          ErrorCode.BAD_REQUEST, "presence data has at most " + DATA_BYTES_MAX + " bytes");
    }
  }

  private List<PresenceMember> listPresent(QueryContext ctx, Args args) {
    double after = ctx.now().toEpochMilli() - (double) settings.ttlMs();
    List<Doc<PresenceRow>> rows =
        ctx.table(PresenceRow.TABLE)
            .index(PresenceRow.BY_ROOM_LAST_SEEN)
            .eq(PresenceRow.ROOM_ID, args.get(ROOM_ID))
            .gt(PresenceRow.LAST_SEEN, after)
            .order(Order.DESC)
            .take(settings.membersMax());
    Set<String> users = new HashSet<>();
    List<PresenceMember> members = new ArrayList<>();
    for (Doc<PresenceRow> row : rows) {
      Optional<String> userId = row.value().userId();
      if (userId.isEmpty() || users.add(userId.get())) {
        members.add(PresenceMember.of(row.value()));
      }
    }
    return members;
  }

  private PresenceCount sweep(MutationContext ctx, Args args) {
    double deletable = settings.deletableAt(ctx.now().toEpochMilli());
    TableWriter<PresenceRow> rows = ctx.table(PresenceRow.TABLE);
    int deleted = 0;
    for (Doc<PresenceRow> row : rows.all().take(SWEEP_ROWS_MAX)) {
      if (row.value().lastSeen() <= deletable) {
        rows.delete(row.id());
        deleted++;
      }
    }
    return new PresenceCount(deleted);
  }

  private void disconnected(MutationContext ctx, ConnectionEvent event) {
    Value.Obj context = event.context();
    Map<String, Value> fields = context == null ? Map.of() : context.fields();
    if (!(fields.get("roomId") instanceof Value.Str roomId)
        || !(fields.get("sessionId") instanceof Value.Str sessionId)) {
      return;
    }
    TableWriter<PresenceRow> rows = ctx.table(PresenceRow.TABLE);
    Optional<Doc<PresenceRow>> row = find(rows, roomId.value(), sessionId.value());
    if (row.isEmpty() || !row.get().value().userId().equals(userOf(ctx))) {
      return;
    }
    if (settings.graceMs() == 0) {
      rows.delete(row.get().id());
      return;
    }
    // As old as it has to be in order to drop out when the grace ends.
    double agedMs = ctx.now().toEpochMilli() - (double) settings.ttlMs() + settings.graceMs();
    if (agedMs < row.get().value().lastSeen()) {
      rows.replace(row.get().id(), row.get().value().seenAt(agedMs));
    }
  }

  private static Optional<Doc<PresenceRow>> find(
      TableWriter<PresenceRow> rows, String roomId, String sessionId) {
    return rows.index(PresenceRow.BY_ROOM_SESSION)
        .eq(PresenceRow.ROOM_ID, roomId)
        .eq(PresenceRow.SESSION_ID, sessionId)
        .first();
  }

  private static Optional<String> userOf(FunctionContext ctx) {
    return ctx.auth().map(Identity::userId);
  }
}
