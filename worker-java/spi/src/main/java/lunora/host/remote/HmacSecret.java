package lunora.host.remote;

/** A secret that signs messages with HMAC-SHA256. */
public interface HmacSecret {

  /** The code of the message, 32 bytes. May suspend. */
  byte[] sign(byte[] message);

  /** Whether the code is that of the message; takes as long for any code. May suspend. */
  boolean verify(byte[] code, byte[] message);
}
