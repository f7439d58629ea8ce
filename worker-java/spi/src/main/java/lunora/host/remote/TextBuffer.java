package lunora.host.remote;

import lunora.wire.JsonText;

/**
 * Bytes that texts are put into as UTF-8, to be taken out in pieces of any size: how a stream of
 * texts becomes the equal parts of a {@link BlobUpload}. Its memory does not grow. Never suspends.
 */
public interface TextBuffer {

  /**
   * Puts as much of the text as there is room for, in whole characters.
   *
   * @param from the unit to begin with
   * @return the unit to go on with once there is room; the text's length when all of it is in
   */
  int put(JsonText text, int from);

  /** How many bytes are in it; when {@link #put} did not take all, the capacity or a bit more. */
  int size();

  /**
   * Takes the first bytes out.
   *
   * @param bytes at most {@link #size}
   */
  byte[] take(int bytes);
}
