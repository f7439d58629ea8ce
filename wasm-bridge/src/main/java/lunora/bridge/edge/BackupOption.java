package lunora.bridge.edge;

import lunora.bridge.host.CfBlobBucket;
import lunora.bridge.raw.JsR2Bucket;
import lunora.bridge.workers.R2Bucket;
import lunora.host.edge.BackupOptions;
import lunora.host.remote.BlobBucket;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** The {@code backup...} options: {@code backupStore} is the bucket itself. */
final class BackupOption {

  private BackupOption() {}

  /** What is given of them; null for nothing. */
  static @Nullable BackupOptions read(OptionObject options) {
    JSObject store = options.value("backupStore");
    String cron = options.text("backupCron");
    if (store == null && cron == null) {
      return null;
    }
    return new BackupOptions(
        store == null ? null : bucket(options, store),
        cron,
        retain(options),
        options.text("backupPrefix"),
        options.texts("backupTables"));
  }

  private static BlobBucket bucket(OptionObject options, JSObject store) {
    if (!isBucket(store)) {
      throw options.wrong("backupStore", "an R2 bucket");
    }
    return new CfBlobBucket(R2Bucket.of(bucket(store)));
  }

  private static int retain(OptionObject options) {
    JSObject value = options.value("backupRetain");
    if (value == null) {
      return 0;
    }
    if (!isCount(value)) {
      throw options.wrong("backupRetain", "a whole number of 0 or more");
    }
    return number(value);
  }

  @JSBody(
      params = "value",
      script = "return typeof value === 'object' && typeof value.put === 'function';")
  private static native boolean isBucket(JSObject value);

  @JSBody(params = "value", script = "return value;")
  private static native JsR2Bucket bucket(JSObject value);

  @JSBody(
      params = "value",
      script = "return Number.isInteger(value) && value >= 0 && value < 2147483648;")
  private static native boolean isCount(JSObject value);

  @JSBody(params = "value", script = "return value;")
  private static native int number(JSObject value);
}
