package lunora.host.inbound;

import org.jspecify.annotations.Nullable;

/** One HTTP request as the platform delivered it. The body can be read once. */
public interface HttpRequest {

  /** The verb in upper case. */
  String method();

  /** The full URL, as text. */
  String url();

  /** The path of the URL: from the first slash after the host to {@code ?} or {@code #}. */
  String path();

  /** The decoded value of the first query parameter of that name. */
  @Nullable String query(String name);

  /** The header's value, name in lower case; several values are joined by a comma. */
  @Nullable String header(String name);

  /**
   * The whole body as UTF-8 text. May suspend.
   *
   * @throws lunora.error.LunoraException {@code PAYLOAD_TOO_LARGE} as soon as more than {@code
   *     bytesMax} bytes arrived
   */
  String readText(int bytesMax);

  /**
   * The same request without the {@code x-lunora-*} headers that only the Worker sets, to be handed
   * to an app's own code: what that passes on to a shard must not be taken for the Worker's word.
   * Headers that clients of the protocol send stay. The two share one body.
   */
  HttpRequest withoutInternalHeaders();
}
