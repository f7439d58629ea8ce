package lunora.storage;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import lunora.api.FileUpload;
import lunora.api.Identity;
import lunora.api.StorageAccess;
import lunora.api.StorageRule;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.BlobBucket;

/** What may be asked of the storage, and by whom. */
final class StorageChecks {

  /** The longest life of a URL: 7 days, as S3 has it. */
  static final long TTL_SECONDS_MAX = 604_800;

  /** The longest body that Cloudflare lets through to a Worker on every plan. */
  static final long UPLOAD_BYTES_MAX = 100_000_000;

  /** The longest object that R2 takes in one request. */
  static final long DIRECT_UPLOAD_BYTES_MAX = 5_000_000_000L;

  private static final int CONTENT_TYPE_LENGTH_MAX = 200;

  private StorageChecks() {}

  /** Refuses what no rule allows. Where the app has no rules its functions decide by themselves. */
  static void allowed(
      Map<String, StorageRule> rules, Optional<Identity> caller, StorageAccess access, String key) {
    key(key);
    if (rules.isEmpty()) {
      return;
    }
    String longest = null;
    for (String prefix : rules.keySet()) {
      if (key.startsWith(prefix) && (longest == null || prefix.length() > longest.length())) {
        longest = prefix;
      }
    }
    StorageRule rule = longest == null ? null : rules.get(longest);
    if (rule == null || !rule.allows(caller, access, key)) {
      throw new LunoraException(ErrorCode.FORBIDDEN, "no access to this file");
    }
  }

  private static void key(String key) {
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > BlobBucket.KEY_BYTES_MAX) {
      throw invalid("a key has 1 to " + BlobBucket.KEY_BYTES_MAX + " bytes");
    }
    for (String segment : key.split("/", -1)) {
      // Those would be taken out of a path on the way.
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw invalid("no part of a key is empty, . or ..");
      }
    }
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) < ' ') {
        throw invalid("a key has no control characters");
      }
    }
  }

  static void upload(FileUpload upload, long bytesMax) {
    ttl(upload.ttlSeconds());
    if (upload.sizeBytes() < 1 || upload.sizeBytes() > bytesMax) {
      throw invalid("an upload has 1 to " + bytesMax + " bytes");
    }
    String type = upload.contentType();
    boolean printable = !type.isEmpty() && type.length() <= CONTENT_TYPE_LENGTH_MAX;
    for (int i = 0; i < type.length(); i++) {
      printable &= type.charAt(i) >= ' ' && type.charAt(i) <= '~';
    }
    if (!printable || !type.strip().equals(type)) {
      throw invalid("a content type is printable ASCII, such as image/png");
    }
  }

  static void ttl(long seconds) {
    if (seconds < 1 || seconds > TTL_SECONDS_MAX) {
      throw invalid("a URL lasts 1 to " + TTL_SECONDS_MAX + " seconds");
    }
  }

  private static LunoraException invalid(String why) {
    return new LunoraException(ErrorCode.VALIDATION_ERROR, why);
  }
}
