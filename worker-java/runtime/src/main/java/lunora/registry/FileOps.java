package lunora.registry;

import java.util.ArrayList;
import java.util.List;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.ShardHost;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** What the registry is asked about files, below {@code /files/}. Never suspends. */
final class FileOps {

  static final String PREFIX = "/files/";

  /**
   * A sweep stops by itself after ten minutes and a page, and a delete begins five minutes after
   * its key is doomed or not at all: after so long the run is dead, and the key free.
   */
  private static final double SWEEP_MS_MAX = 1_800_000;

  private static final int ROWS_MAX = 1_000;

  private final ShardHost host;
  private final FileStore store;

  FileOps(ShardHost host) {
    this.host = host;
    this.store = new FileStore(host.sql(), host.clock().nowMs());
  }

  /** Answers; null for a path that there is not. */
  @Nullable JsonText answer(String path, Value.Obj parameters) {
    double nowMs = host.clock().nowMs();
    return switch (path) {
      case "/files/announce" -> announce(parameters, nowMs);
      case "/files/stored" -> stored(parameters);
      case "/files/removed" -> each(parameters, store::remove);
      case "/files/released" -> each(parameters, store::release);
      case "/files/missing" -> missing(parameters);
      case "/files/unnamed" -> unnamed(parameters, nowMs);
      case "/files/overdue" -> keys(store.overdue(number(parameters, "before"), limit(parameters)));
      case "/files/begin" -> begin(parameters, nowMs);
      case "/files/end" -> end(parameters);
      case "/files/list" -> list(parameters);
      default -> null;
    };
  }

  private JsonText announce(Value.Obj file, double nowMs) {
    boolean free =
        store.announce(
            text(file, "key"),
            text(file, "contentType"),
            number(file, "size"),
            textOrNull(file, "who"),
            nowMs,
            number(file, "expires"),
            SWEEP_MS_MAX);
    return JsonText.of(free ? "{\"free\":true}" : "{\"free\":false}");
  }

  private JsonText stored(Value.Obj parameters) {
    if (parameters.fields().get("files") instanceof Value.Arr files) {
      for (Value each : files.items()) {
        if (each instanceof Value.Obj file) {
          store.stored(
              text(file, "key"),
              textOrNull(file, "contentType"),
              number(file, "size"),
              text(file, "etag"),
              number(file, "uploaded"));
        }
      }
    }
    return done();
  }

  /** Something to do with a key, in the shard. */
  private interface OfKey {
    void apply(String key);
  }

  private JsonText each(Value.Obj parameters, OfKey what) {
    for (String key : keysOf(parameters)) {
      what.apply(key);
    }
    return done();
  }

  private JsonText missing(Value.Obj parameters) {
    double beforeMs = number(parameters, "before");
    for (String key : keysOf(parameters)) {
      store.expire(key, beforeMs);
    }
    return done();
  }

  private JsonText unnamed(Value.Obj parameters, double nowMs) {
    boolean doom = isTrue(parameters, "doom");
    List<String> unnamed = new ArrayList<>();
    int limit = limit(parameters);
    for (String key : keysOf(parameters)) {
      if (unnamed.size() < limit && store.unnamed(key, doom, nowMs)) {
        unnamed.add(key);
      }
    }
    return keys(unnamed);
  }

  private JsonText begin(Value.Obj parameters, double nowMs) {
    boolean begun = isTrue(parameters, "dryRun") || store.begin(nowMs, SWEEP_MS_MAX);
    JsonSink sink = host.texts().sink().raw("{\"begun\":").raw(begun ? "true," : "false,");
    store.writeSweep(sink);
    return sink.raw("}").finish();
  }

  private JsonText end(Value.Obj parameters) {
    store.end(textOrNull(parameters, "cursor"));
    return done();
  }

  private JsonText list(Value.Obj parameters) {
    String after = textOrNull(parameters, "after");
    JsonSink sink = host.texts().sink().raw("{\"files\":");
    store.write(after == null ? "" : after, limit(parameters), sink);
    return sink.raw("}").finish();
  }

  private JsonText keys(List<String> keys) {
    JsonSink sink = host.texts().sink().raw("{\"keys\":[");
    String before = "";
    for (String key : keys) {
      sink.raw(before).string(key);
      before = ",";
    }
    return sink.raw("]}").finish();
  }

  private static JsonText done() {
    return JsonText.of("{\"ok\":true}");
  }

  private static List<String> keysOf(Value.Obj parameters) {
    List<String> keys = new ArrayList<>();
    if (parameters.fields().get("keys") instanceof Value.Arr list) {
      for (Value item : list.items()) {
        if (item instanceof Value.Str key) {
          keys.add(key.value());
        }
      }
    }
    return keys;
  }

  private static int limit(Value.Obj parameters) {
    return parameters.fields().get("limit") instanceof Value.Num limit
        ? (int) Math.max(0, Math.min(ROWS_MAX, limit.value()))
        : ROWS_MAX;
  }

  private static boolean isTrue(Value.Obj parameters, String name) {
    return parameters.fields().get(name) instanceof Value.Bool bool && bool.value();
  }

  private static @Nullable String textOrNull(Value.Obj parameters, String name) {
    return parameters.fields().get(name) instanceof Value.Str text ? text.value() : null;
  }

  private static String text(Value.Obj parameters, String name) {
    String text = textOrNull(parameters, name);
    if (text == null) {
      throw new LunoraException(ErrorCode.INVALID_INPUT, "`" + name + "` must be a string");
    }
    return text;
  }

  private static double number(Value.Obj parameters, String name) {
    if (parameters.fields().get(name) instanceof Value.Num number) {
      return number.value();
    }
    throw new LunoraException(ErrorCode.INVALID_INPUT, "`" + name + "` must be a number");
  }
}
