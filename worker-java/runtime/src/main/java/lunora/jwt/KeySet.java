package lunora.jwt;

import java.util.ArrayList;
import java.util.List;
import lunora.host.remote.SignatureAlgorithm;
import lunora.wire.Json;
import lunora.wire.Value;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/** The keys that a provider publishes: a JSON Web Key Set (RFC 7517 section 5). */
final class KeySet {

  /** In characters; far beyond what any provider publishes. */
  private static final int LENGTH_MAX = 256 * 1024;

  private static final int KEYS_MAX = 64;

  private final List<PublishedKey> keys;

  private KeySet(List<PublishedKey> keys) {
    this.keys = keys;
  }

  /**
   * Reads a set.
   *
   * @throws IllegalArgumentException when the text is none
   */
  static KeySet read(String text) {
    if (text.length() > LENGTH_MAX) {
      throw new IllegalArgumentException("a key set of " + text.length() + " characters");
    }
    Value value;
    try {
      value = Json.read(text);
    } catch (WireFormatException e) {
      throw new IllegalArgumentException("a key set that is no JSON", e);
    }
    if (!(value instanceof Value.Obj set && set.fields().get("keys") instanceof Value.Arr all)) {
      throw new IllegalArgumentException("a key set without keys");
    }
    List<PublishedKey> keys = new ArrayList<>();
    for (Value key : all.items()) {
      if (key instanceof Value.Obj jwk && keys.size() < KEYS_MAX) {
        keys.add(new PublishedKey(jwk));
      }
    }
    return new KeySet(keys);
  }

  /**
   * The key for a token: the one with its id, or where the token names none the only one there is
   * for its algorithm; null when there is none.
   */
  @Nullable PublishedKey find(SignatureAlgorithm algorithm, @Nullable String keyId) {
    PublishedKey found = null;
    for (PublishedKey key : keys) {
      if (key.signs(algorithm) && (keyId == null || key.hasId(keyId))) {
        if (found != null) {
          return null; // Two that it could be: nobody guesses.
        }
        found = key;
      }
    }
    return found;
  }
}
