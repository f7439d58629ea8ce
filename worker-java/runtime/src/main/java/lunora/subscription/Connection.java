package lunora.subscription;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import lunora.api.Identity;
import lunora.auth.Caller;
import lunora.host.local.Socket;
import lunora.host.local.Sockets;
import lunora.replay.ClientMarks;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one socket, kept in its attachment so that it outlives hibernation: {@code
 * {"connectionId", "origin", "userId"?, "claims"?, "expiresAt"?, "clientId"?, "pageDelta"?,
 * "connected"?, "context"?, "operator"?}}. Subscriptions are not in it: they have no bound here
 * (docs/adr/0004-subscription-registry.md).
 *
 * @param connectionId also the tag under which the socket is found
 * @param caller who is behind the socket, for as long as it is open
 * @param origin scheme, host and port under which the Worker was called
 * @param clientId how the client named itself, or null
 * @param pageDelta whether the client can merge deltas
 * @param connected whether the connect frame came, and the socket is not gone since
 * @param context what the connect frame said for the app's hooks, or null
 * @param operator the mark of the admin token with which it was opened, null for a user's socket
 */
record Connection(
    String connectionId,
    Caller caller,
    String origin,
    @Nullable String clientId,
    boolean pageDelta,
    boolean connected,
    Value.@Nullable Obj context,
    @Nullable String operator) {

  /** V8's header and length around a text, at most. */
  private static final int SERIALIZED_OVERHEAD_BYTES = 8;

  static Connection opened(
      String connectionId, Caller caller, String origin, @Nullable String operator) {
    return new Connection(connectionId, caller, origin, null, false, false, null, operator);
  }

  /** The same connection after its connect frame. */
  Connection announced(ClientFrame.Connect frame) {
    return new Connection(
        connectionId,
        caller,
        origin,
        frame.clientId(),
        frame.pageDelta(),
        true,
        frame.context(),
        operator);
  }

  /** The same connection without what it said for the app's hooks. */
  Connection withoutContext() {
    return new Connection(
        connectionId, caller, origin, clientId, pageDelta, connected, null, operator);
  }

  /** The same connection when its socket is gone. */
  Connection gone() {
    return new Connection(connectionId, caller, origin, clientId, pageDelta, false, null, operator);
  }

  /** Whether a socket's attachment can hold the text. */
  static boolean fits(String attachment) {
    int bytesPerUnit = 1;
    for (int i = 0; i < attachment.length() && bytesPerUnit == 1; i++) {
      bytesPerUnit = attachment.charAt(i) <= 0xff ? 1 : 2;
    }
    return attachment.length() * bytesPerUnit + SERIALIZED_OVERHEAD_BYTES
        <= Sockets.ATTACHMENT_BYTES_MAX;
  }

  /** The user's id, or null for an anonymous client. */
  @Nullable String userId() {
    return caller.identity().isPresent() ? caller.identity().get().userId() : null;
  }

  /** When the identity ends, or null for never. */
  @Nullable Long expiresAtMs() {
    return caller.identity().isPresent() ? caller.identity().get().expiresAtMs() : null;
  }

  /** The client behind the socket, or null when it did not name itself. */
  ClientMarks.@Nullable Client client() {
    return clientId == null ? null : new ClientMarks.Client(caller.userKey(), clientId);
  }

  static Connection of(Socket socket) {
    Map<String, Value> fields = ((Value.Obj) Json.read(socket.attachment())).fields();
    return new Connection(
        String.valueOf(text(fields.get("connectionId"))),
        caller(fields),
        String.valueOf(text(fields.get("origin"))),
        text(fields.get("clientId")),
        fields.containsKey("pageDelta"),
        fields.containsKey("connected"),
        decoded(fields.get("context")),
        text(fields.get("operator")));
  }

  private static Caller caller(Map<String, Value> fields) {
    String userId = text(fields.get("userId"));
    if (userId == null) {
      return Caller.ANONYMOUS;
    }
    Value.Obj claims = decoded(fields.get("claims"));
    Identity identity =
        new Identity(
            userId,
            claims == null ? new Value.Obj(Map.of()) : claims,
            fields.get("expiresAt") instanceof Value.Num at ? (Long) (long) at.value() : null);
    return new Caller(Optional.of(identity), Caller.Origin.CLIENT);
  }

  private static Value.@Nullable Obj decoded(@Nullable Value json) {
    return json == null ? null : (Value.Obj) WireCodec.decode(json);
  }

  /** The attachment's text. */
  String attachment() {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("connectionId", new Value.Str(connectionId));
    fields.put("origin", new Value.Str(origin));
    if (caller.identity().isPresent()) {
      fields.put("userId", new Value.Str(caller.identity().get().userId()));
      fields.put("claims", caller.identity().get().claims());
      Long expiresAtMs = expiresAtMs();
      if (expiresAtMs != null) {
        fields.put("expiresAt", new Value.Num(expiresAtMs));
      }
    }
    if (clientId != null) {
      fields.put("clientId", new Value.Str(clientId));
    }
    if (pageDelta) {
      fields.put("pageDelta", Value.Bool.TRUE);
    }
    if (connected) {
      fields.put("connected", Value.Bool.TRUE);
    }
    if (context != null) {
      fields.put("context", context);
    }
    if (operator != null) {
      fields.put("operator", new Value.Str(operator));
    }
    JsonWriter json = new JsonWriter();
    WireCodec.write(new Value.Obj(fields), json);
    return json.finish().toString();
  }

  private static @Nullable String text(@Nullable Value value) {
    return value instanceof Value.Str text ? text.value() : null;
  }
}
