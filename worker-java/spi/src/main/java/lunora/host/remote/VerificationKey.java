package lunora.host.remote;

/** A public key. */
public interface VerificationKey {

  /**
   * Whether the key's owner signed the data; false for a signature of any wrong form. May suspend.
   */
  boolean verify(byte[] signature, byte[] data);
}
