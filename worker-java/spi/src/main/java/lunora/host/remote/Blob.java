package lunora.host.remote;

import java.util.Map;
import lunora.host.inbound.HttpResponse;
import org.jspecify.annotations.Nullable;

/** An object of a bucket, or part of one, whose bytes are read once. */
public interface Blob {

  BlobInfo info();

  /** Where the bytes begin in the object. */
  long offset();

  /** How many bytes there are from there on. */
  long length();

  /** The next bytes, as many as have arrived; null at the end. May suspend. */
  byte @Nullable [] read();

  /** All bytes, of which none was read. The caller knows that they fit. May suspend. */
  byte[] readAll();

  /**
   * A response whose body is the bytes, of which none was read; they do not pass through Java.
   * Never suspends.
   *
   * @param headers exactly these
   */
  HttpResponse toResponse(int status, Map<String, String> headers);
}
