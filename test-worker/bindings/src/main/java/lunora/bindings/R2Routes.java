package lunora.bindings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lunora.bridge.workers.ByteStream;
import lunora.bridge.workers.Env;
import lunora.bridge.workers.HashAlgorithm;
import lunora.bridge.workers.R2Bucket;
import lunora.bridge.workers.R2Condition;
import lunora.bridge.workers.R2GetOptions;
import lunora.bridge.workers.R2ListOptions;
import lunora.bridge.workers.R2Object;
import lunora.bridge.workers.R2Page;
import lunora.bridge.workers.R2PutOptions;
import lunora.bridge.workers.R2Upload;
import lunora.bridge.workers.WebCrypto;
import lunora.bridge.workers.WorkersHeaders;
import lunora.bridge.workers.WorkersResponse;
import org.jspecify.annotations.Nullable;

/** R2. Each action has a prefix of its own. */
final class R2Routes {

  private R2Routes() {}

  static WorkersResponse answer(String action, Env env) {
    R2Bucket bucket = env.r2("BUCKET");
    return switch (action) {
      case "object" -> object(bucket);
      case "ranges" -> ranges(bucket);
      case "conditions" -> conditions(bucket);
      case "list" -> list(bucket);
      case "multipart" -> multipart(bucket);
      case "refused" -> refused(bucket);
      default -> WorkersResponse.text(404, action);
    };
  }

  private static WorkersResponse object(R2Bucket bucket) {
    byte[] bytes = utf8("héllo");
    byte[] sum = WebCrypto.digest(HashAlgorithm.SHA_256, bytes);
    bucket.put(
        "o/k",
        bytes,
        new R2PutOptions()
            .contentType("text/plain")
            .cacheControl("max-age=5")
            .contentDisposition("inline")
            .contentLanguage("de")
            .metadata(Map.of("owner", "Ann"))
            .checksum(HashAlgorithm.SHA_256, sum));
    R2Object head = present(bucket.head("o/k"));
    R2Object got = present(bucket.get("o/k"));
    WorkersHeaders headers = new WorkersHeaders();
    got.writeHttpMetadata(headers);
    String text = got.text();
    bucket.delete(List.of("o/k", "o/none"));
    boolean gone = bucket.head("o/k") == null;
    return new Answer()
        .put("text", text)
        .put("size", head.sizeBytes())
        .put("type", head.httpMetadata("contentType"))
        .put("language", headers.get("content-language"))
        .put("metadata", head.metadata())
        .put("sum", head.checksum(HashAlgorithm.SHA_256))
        .put("noSum", head.checksum(HashAlgorithm.SHA_512) == null)
        .put("etag", head.httpEtag().equals('"' + head.etag() + '"'))
        .put("uploaded", head.uploadedMs() > 1_600_000_000_000L)
        .put("headBody", head.hasBody())
        .put("version", head.version().isEmpty())
        .put("gone", gone)
        .ok();
  }

  private static WorkersResponse ranges(R2Bucket bucket) {
    bucket.put("g/k", "0123456789", new R2PutOptions());
    R2Object middle = present(bucket.get("g/k", R2GetOptions.range(2, 3)));
    R2Object rest = present(bucket.get("g/k", R2GetOptions.from(7)));
    R2Object end = present(bucket.get("g/k", R2GetOptions.last(4)));
    String middleText = middle.text();
    String restText = rest.text();
    String endText = end.text();
    String outside = Refusal.ofWork(() -> bucket.get("g/k", R2GetOptions.from(10)));
    return new Answer()
        .put("middle", middleText)
        .put("offset", middle.rangeOffset())
        .put("rest", restText)
        .put("end", endText)
        .put("endOffset", end.rangeOffset())
        .put("size", end.sizeBytes())
        .put("outside", outside)
        .ok();
  }

  private static WorkersResponse conditions(R2Bucket bucket) {
    bucket.delete(List.of("c/new"));
    R2PutOptions ifAbsent = new R2PutOptions().onlyIf(R2Condition.etagIsNot("*"));
    R2Object made = bucket.put("c/new", "1", ifAbsent);
    R2Object again = bucket.put("c/new", "2", ifAbsent);
    String etag = present(bucket.head("c/new")).etag();
    R2GetOptions same = R2GetOptions.WHOLE.onlyIf(R2Condition.etagIs(etag));
    R2GetOptions other = R2GetOptions.WHOLE.onlyIf(R2Condition.etagIsNot(etag));
    boolean holds = present(bucket.get("c/new", same)).hasBody();
    R2Object kept = present(bucket.get("c/new", other));
    WorkersHeaders headers = new WorkersHeaders();
    headers.set("if-none-match", '"' + etag + '"');
    R2GetOptions asked = R2GetOptions.WHOLE.onlyIf(R2Condition.of(headers));
    boolean modified = present(bucket.get("c/new", asked)).hasBody();
    R2GetOptions early = R2GetOptions.WHOLE.onlyIf(R2Condition.uploadedBefore(1));
    R2GetOptions late = R2GetOptions.WHOLE.onlyIf(R2Condition.uploadedAfter(1));
    boolean before = present(bucket.get("c/new", early)).hasBody();
    boolean after = present(bucket.get("c/new", late)).hasBody();
    String noBody = Refusal.ofWork(kept::text);
    return new Answer()
        .put("made", made != null)
        .put("again", again != null)
        .put("holds", holds)
        .put("kept", kept.hasBody())
        .put("modified", modified)
        .put("before", before)
        .put("after", after)
        .put("noBody", noBody)
        .ok();
  }

  private static WorkersResponse list(R2Bucket bucket) {
    R2PutOptions typed = new R2PutOptions().contentType("a/b").metadata(Map.of("n", "1"));
    for (String key : List.of("l/a/1", "l/a/2", "l/b/1", "l/c")) {
      bucket.put(key, key, typed);
    }
    R2Page first = bucket.list(R2ListOptions.withPrefix("l/").limitedTo(3).includingMetadata());
    R2Page second = bucket.list(R2ListOptions.withPrefix("l/").after(first.cursor()));
    R2Page folders = bucket.list(R2ListOptions.withPrefix("l/").upTo("/"));
    R2Object one = first.objects().get(0);
    return new Answer()
        .put("first", keys(first))
        .put("second", keys(second))
        .put("end", second.cursor())
        .put("folders", folders.prefixes())
        .put("files", keys(folders))
        .put("metadata", one.metadata())
        .put("type", one.httpMetadata("contentType"))
        .ok();
  }

  private static List<String> keys(R2Page page) {
    List<String> keys = new ArrayList<>();
    for (R2Object object : page.objects()) {
      keys.add(object.key());
    }
    return keys;
  }

  private static WorkersResponse multipart(R2Bucket bucket) {
    R2Upload upload = bucket.startUpload("m/k", new R2PutOptions().contentType("a/b"));
    R2Upload.Part first = upload.part(1, new byte[R2Upload.PART_BYTES_MIN]);
    R2Upload again = bucket.resumeUpload(upload.key(), upload.uploadId());
    ByteStream stream = ByteStream.of(new Countdown(3)::next).ofLength(3);
    R2Upload.Part second = again.part(2, stream);
    R2Object made = again.complete(List.of(first, second));
    R2Upload dropped = bucket.startUpload("m/dropped", new R2PutOptions());
    dropped.abort();
    R2Object stored = present(bucket.head("m/k"));
    return new Answer()
        .put("size", made.sizeBytes())
        .put("type", stored.httpMetadata("contentType"))
        .put("aborted", Refusal.ofWork(() -> dropped.part(1, new byte[1])))
        .put("noParts", Refusal.ofWork(() -> dropped.complete(List.of())))
        .ok();
  }

  /** So many chunks of one byte. */
  private static final class Countdown {
    private int left;

    Countdown(int left) {
      this.left = left;
    }

    byte @Nullable [] next() {
      left--;
      return left < 0 ? null : new byte[1];
    }
  }

  private static WorkersResponse refused(R2Bucket bucket) {
    R2PutOptions wrong = new R2PutOptions().checksum(HashAlgorithm.SHA_256, new byte[32]);
    List<String> many = new ArrayList<>();
    for (int i = 0; i <= R2Bucket.DELETE_KEYS_MAX; i++) {
      many.add("x/" + i);
    }
    return new Answer()
        .put("checksum", Refusal.ofWork(() -> bucket.put("x/k", "text", wrong)))
        .put("longKey", Refusal.ofWork(() -> bucket.head("x".repeat(1_025))))
        .put("many", Refusal.ofWork(() -> bucket.delete(many)))
        .put(
            "endless",
            Refusal.ofWork(() -> bucket.put("x/s", ByteStream.of(() -> null), new R2PutOptions())))
        .ok();
  }

  private static R2Object present(@Nullable R2Object object) {
    if (object == null) {
      throw new IllegalStateException("no object");
    }
    return object;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
