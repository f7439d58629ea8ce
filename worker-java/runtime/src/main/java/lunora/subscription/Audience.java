package lunora.subscription;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import lunora.api.Identity;
import lunora.auth.Caller;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.StableKey;
import lunora.wire.Value;
import lunora.wire.WireCodec;

/**
 * Whose result a live query's is. A query that never asked who is calling is everybody's; one that
 * did belongs to callers with exactly that identity.
 */
final class Audience {

  /** Everybody: the result does not depend on the caller. */
  static final String EVERYBODY = "*";

  private Audience() {}

  /** The audience of one identity, as text that {@link #callerOf} reads back. */
  static String only(Caller caller) {
    if (caller.identity().isEmpty()) {
      return "";
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("userId", new Value.Str(caller.identity().get().userId()));
    fields.put("claims", caller.identity().get().claims());
    return StableKey.of(new Value.Obj(fields));
  }

  /** A caller who belongs to the audience. */
  static Caller callerOf(String audience) {
    if (audience.isEmpty() || audience.equals(EVERYBODY)) {
      return Caller.ANONYMOUS;
    }
    Map<String, Value> fields = ((Value.Obj) WireCodec.decode(Json.read(audience))).fields();
    String userId = ((Value.Str) fields.getOrDefault("userId", new Value.Str(""))).value();
    Value claims = fields.get("claims");
    return new Caller(
        Optional.of(
            new Identity(
                userId, claims instanceof Value.Obj object ? object : new Value.Obj(Map.of()))),
        Caller.Origin.CLIENT);
  }

  /** The text of arguments as they are stored. */
  static String argsText(Value.Obj args) {
    JsonWriter json = new JsonWriter();
    WireCodec.write(args, json);
    return json.finish().toString();
  }
}
