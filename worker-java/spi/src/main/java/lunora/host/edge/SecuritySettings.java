package lunora.host.edge;

import java.util.List;

/**
 * The HTTP edge as an app asks for it. The default is what a site needs that serves its own pages.
 *
 * @param headers whether answers get the protective headers they do not have
 * @param allowedOrigins the foreign origins whose pages may read answers, such as {@code
 *     https://app.example}; {@code *} alone is all of them
 * @param credentials whether those pages may send cookies
 * @param originCheck whether a request with cookies must come from a page of ours
 * @param trustedOrigins the foreign origins whose pages count as ours for that check
 */
public record SecuritySettings(
    boolean headers,
    List<String> allowedOrigins,
    boolean credentials,
    boolean originCheck,
    List<String> trustedOrigins) {

  /** Headers and origin check on, no foreign origin known. */
  public static final SecuritySettings DEFAULT =
      new SecuritySettings(true, List.of(), false, true, List.of());

  /** The same without headers of ours: another layer in front sets them. */
  public SecuritySettings withoutHeaders() {
    return new SecuritySettings(false, allowedOrigins, credentials, originCheck, trustedOrigins);
  }

  /** The same with these foreign origins; they get to read answers, without cookies. */
  public SecuritySettings withAllowedOrigins(List<String> origins) {
    return new SecuritySettings(
        headers, List.copyOf(origins), credentials, originCheck, trustedOrigins);
  }

  /** The same with cookies for the allowed origins, which then must be named. */
  public SecuritySettings withCredentials() {
    return new SecuritySettings(headers, allowedOrigins, true, originCheck, trustedOrigins);
  }

  /** The same without the check of origins: nothing here is authenticated by cookies. */
  public SecuritySettings withoutOriginCheck() {
    return new SecuritySettings(headers, allowedOrigins, credentials, false, trustedOrigins);
  }

  /** The same with foreign origins whose requests with cookies are taken. */
  public SecuritySettings withTrustedOrigins(List<String> origins) {
    return new SecuritySettings(
        headers, allowedOrigins, credentials, originCheck, List.copyOf(origins));
  }
}
