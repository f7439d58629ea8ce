package lunora.host.remote;

import java.util.List;

/**
 * An object that is uploaded in parts. It is not there before {@link #complete}, and costs storage
 * until then or until {@link #abort}.
 *
 * @see <a href="https://developers.cloudflare.com/r2/objects/multipart-objects/">Multipart
 *     objects</a>
 */
public interface BlobUpload {

  /** The least size of a part that is not the last: 5 MiB. All but the last have the same size. */
  int PART_BYTES_MIN = 5 * 1_024 * 1_024;

  /** The number of parts is at most this. */
  int PARTS_MAX = 10_000;

  /**
   * A part that was uploaded.
   *
   * @param number from 1 on
   */
  record Part(int number, String etag) {}

  /** By which {@link BlobBucket#resumeUpload} finds it. */
  String uploadId();

  /**
   * Uploads the part of that number, in place of what it had. May suspend.
   *
   * @param number 1 to {@link #PARTS_MAX}
   */
  Part part(int number, byte[] bytes);

  /**
   * Makes the object of the parts, in the order of their numbers. May suspend.
   *
   * @throws lunora.error.LunoraException {@code INVALID_INPUT} when a part is unknown, or one but
   *     the last is smaller than {@link #PART_BYTES_MIN} or of another size than the others
   */
  BlobInfo complete(List<Part> parts);

  /** Drops the parts; the upload can no longer be completed. May suspend. */
  void abort();
}
