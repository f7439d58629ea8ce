package lunora.host.edge;

import lunora.wire.Value;

/** Decides who may ask all shards of a table at once, in JavaScript's terms. */
@FunctionalInterface
public interface FanOutGate {

  /**
   * True for the literal {@code true} only. May suspend; what it throws fails the request.
   *
   * @param identity as an {@link IdentitySource} gives it, null's value for an anonymous sender
   */
  boolean allows(Value identity, String table, String functionPath);
}
