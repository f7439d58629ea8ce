package lunora.api;

/**
 * Ends a stream whose client cancelled it or went away. Let it through; whatever the stream does
 * afterwards reaches nobody.
 */
public final class StreamCancelledException extends RuntimeException {

  public StreamCancelledException() {
    super("the client cancelled this stream or went away");
  }
}
