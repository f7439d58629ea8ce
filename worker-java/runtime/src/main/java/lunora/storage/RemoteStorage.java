package lunora.storage;

import java.util.Map;
import java.util.Optional;
import lunora.api.ActionStorage;
import lunora.api.FileUpload;
import lunora.api.Identity;
import lunora.api.StorageAccess;
import lunora.api.StorageRule;
import lunora.host.local.Clock;
import lunora.host.remote.Bindings;
import lunora.host.remote.BlobInfo;
import org.jspecify.annotations.Nullable;

/** The storage as the actions of one caller see it. */
public final class RemoteStorage implements ActionStorage {

  private final Bindings bindings;
  private final String origin;
  private final Clock clock;
  private final Optional<Identity> caller;
  private final Map<String, StorageRule> rules;

  /**
   * The storage for one caller.
   *
   * @param origin under which the deployment was called
   */
  public RemoteStorage(
      Bindings bindings,
      String origin,
      Clock clock,
      Optional<Identity> caller,
      Map<String, StorageRule> rules) {
    this.bindings = bindings;
    this.origin = origin;
    this.clock = clock;
    this.caller = caller;
    this.rules = rules;
  }

  @Override
  public String uploadUrl(FileUpload upload) {
    StorageChecks.allowed(rules, caller, StorageAccess.WRITE, upload.key());
    StorageChecks.upload(upload, StorageChecks.UPLOAD_BYTES_MAX);
    SignedUrl url =
        new SignedUrl(
            "PUT",
            SignedUrl.hostOf(origin),
            upload.key(),
            expSeconds(upload.ttlSeconds()),
            upload.contentType(),
            Long.toString(upload.sizeBytes()));
    String signed = url.signed(origin, StorageSettings.secret(bindings), bindings.crypto());
    announce(upload);
    return signed;
  }

  /** Without its row an upload would be an orphan. */
  private void announce(FileUpload upload) {
    double expiresMs = (expSeconds(upload.ttlSeconds()) + 1) * 1_000.0;
    FileLedger.announce(upload, caller, expiresMs, bindings);
  }

  @Override
  public String downloadUrl(String key, long ttlSeconds) {
    StorageChecks.allowed(rules, caller, StorageAccess.READ, key);
    StorageChecks.ttl(ttlSeconds);
    String host = SignedUrl.hostOf(origin);
    SignedUrl url = new SignedUrl("GET", host, key, expSeconds(ttlSeconds), null, null);
    return url.signed(origin, StorageSettings.secret(bindings), bindings.crypto());
  }

  @Override
  public String directUploadUrl(FileUpload upload) {
    StorageChecks.allowed(rules, caller, StorageAccess.WRITE, upload.key());
    StorageChecks.upload(upload, StorageChecks.DIRECT_UPLOAD_BYTES_MAX);
    Map<String, String> pinned =
        Map.of(
            "content-type", upload.contentType(),
            "content-length", Long.toString(upload.sizeBytes()));
    String signed = presigned("PUT", upload.key(), pinned, upload.ttlSeconds());
    announce(upload);
    return signed;
  }

  @Override
  public String directDownloadUrl(String key, long ttlSeconds) {
    StorageChecks.allowed(rules, caller, StorageAccess.READ, key);
    StorageChecks.ttl(ttlSeconds);
    return presigned("GET", key, Map.of(), ttlSeconds);
  }

  private String presigned(
      String method, String key, Map<String, String> headers, long ttlSeconds) {
    S3Presigner presigner = StorageSettings.presigner(bindings);
    String path = "/" + StorageSettings.bucketName(bindings) + "/" + UrlText.path(key);
    return presigner.presign(method, path, headers, ttlSeconds, clock.nowMs(), bindings.crypto());
  }

  @Override
  public @Nullable BlobInfo head(String key) {
    StorageChecks.allowed(rules, caller, StorageAccess.READ, key);
    BlobInfo info = bindings.bucket(StorageSettings.BUCKET).head(key);
    if (info != null) {
      // Of an upload straight to R2 nobody else tells.
      FileLedger.stored(info, bindings);
    }
    return info;
  }

  private long expSeconds(long ttlSeconds) {
    return clock.nowMs() / 1_000 + ttlSeconds;
  }
}
