package lunora.storage;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lunora.host.remote.Crypto;

/**
 * URLs straight to a bucket that speaks S3, signed by AWS Signature Version 4 in the query.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">the
 *     algorithm</a>
 * @see <a href="https://developers.cloudflare.com/r2/api/s3/presigned-urls/">Presigned URLs of
 *     R2</a>
 */
record S3Presigner(String host, String region, String accessKeyId, String secretAccessKey) {

  private static final String DIGITS = "0123456789abcdef";
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /**
   * A URL for one request. May suspend.
   *
   * @param path begins with a slash, encoded
   * @param headers that the request has to have besides {@code host}, names in lower case
   */
  String presign(
      String method,
      String path,
      Map<String, String> headers,
      long ttlSeconds,
      long nowMs,
      Crypto crypto) {
    String time = BasicTime.of(nowMs);
    String date = time.substring(0, 8);
    String scope = date + "/" + region + "/s3/aws4_request";
    SortedMap<String, String> signed = new TreeMap<>(headers);
    signed.put("host", host);
    String names = String.join(";", signed.keySet());
    String query =
        "X-Amz-Algorithm="
            + ALGORITHM
            + "&X-Amz-Credential="
            + UrlText.encoded(accessKeyId + "/" + scope)
            + "&X-Amz-Date="
            + time
            + "&X-Amz-Expires="
            + ttlSeconds
            + "&X-Amz-SignedHeaders="
            + UrlText.encoded(names);
    StringBuilder request = new StringBuilder(method).append('\n').append(path).append('\n');
    request.append(query).append('\n');
    signed.forEach((name, value) -> request.append(name).append(':').append(value).append('\n'));
    request.append('\n').append(names).append("\nUNSIGNED-PAYLOAD");
    byte[] digest = crypto.sha256(bytes(request.toString()));
    String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n" + hex(digest);
    byte[] key = signingKey(date, crypto);
    byte[] signature = code(key, toSign, crypto);
    return "https://" + host + path + "?" + query + "&X-Amz-Signature=" + hex(signature);
  }

  private byte[] signingKey(String date, Crypto crypto) {
    byte[] ofDate = code(bytes("AWS4" + secretAccessKey), date, crypto);
    byte[] ofRegion = code(ofDate, region, crypto);
    byte[] ofService = code(ofRegion, "s3", crypto);
    return code(ofService, "aws4_request", crypto);
  }

  private static byte[] code(byte[] key, String message, Crypto crypto) {
    return crypto.hmacSecret(key).sign(bytes(message));
  }

  private static String hex(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    for (byte each : bytes) {
      out.append(DIGITS.charAt((each & 0xff) >> 4)).append(DIGITS.charAt(each & 15));
    }
    return out.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
