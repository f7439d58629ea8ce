package lunora.edge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import lunora.api.Identity;
import lunora.host.edge.FanOutGate;
import lunora.host.edge.IdentitySource;
import lunora.host.edge.ShardGate;
import lunora.wire.Value;

/** What an app's JavaScript decides, in the engine's terms. */
public final class ScriptGates {

  private static final String USER_ID = "userId";
  private static final String EXPIRES_AT_MS = "expiresAtMs";

  private ScriptGates() {}

  /** An authenticator that asks the source. */
  public static Authenticator authenticator(IdentitySource source) {
    return (request, host) -> identity(source.identify(request, host));
  }

  /** An authorizer that asks the gate. */
  public static ShardAuthorizer shards(ShardGate gate) {
    return (identity, shardKey) -> gate.allows(value(identity), shardKey);
  }

  /** An authorizer that asks the gate. */
  public static FanOutAuthorizer fanOut(FanOutGate gate) {
    return (identity, table, path) -> gate.allows(value(identity), table, path);
  }

  private static Optional<Identity> identity(Value value) {
    if (!(value instanceof Value.Obj object)
        || !(object.fields().get(USER_ID) instanceof Value.Str userId)
        || userId.value().isEmpty()) {
      return Optional.empty();
    }
    Map<String, Value> claims = new LinkedHashMap<>(object.fields());
    claims.remove(USER_ID);
    return Optional.of(new Identity(userId.value(), new Value.Obj(claims)));
  }

  private static Value value(Optional<Identity> identity) {
    if (identity.isEmpty()) {
      return Value.Null.INSTANCE;
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put(USER_ID, new Value.Str(identity.get().userId()));
    fields.putAll(identity.get().claims().fields());
    Long expiresAtMs = identity.get().expiresAtMs();
    if (expiresAtMs != null) {
      fields.putIfAbsent(EXPIRES_AT_MS, new Value.Num(expiresAtMs));
    }
    return new Value.Obj(fields);
  }
}
