package lunora.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lunora.error.LunoraException;
import lunora.host.remote.Blob;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.BlobInfo;
import lunora.host.remote.BlobOptions;
import lunora.host.remote.BlobPage;
import org.jspecify.annotations.Nullable;

/** The rules of {@link BlobBucket}. The cases own the keys that begin with {@code c/}. */
public final class BlobBucketContract {

  private static final byte[] ABC = {'a', 'b', 'c'};

  private BlobBucketContract() {}

  /** All cases, in the order of the interface. */
  public static List<RemoteCase<BlobBucket>> cases() {
    List<RemoteCase<BlobBucket>> cases = new ArrayList<>(objects());
    cases.addAll(BlobUploadCases.cases());
    return cases;
  }

  private static List<RemoteCase<BlobBucket>> objects() {
    return List.of(
        on("what is not there is null", BlobBucketContract::absent),
        on("bytes come back", BlobBucketContract::stored),
        on("an object of no bytes comes back", BlobBucketContract::empty),
        on("a put replaces the object and its metadata", BlobBucketContract::replaced),
        on("type, metadata and SHA-256 come back", BlobBucketContract::described),
        on("another SHA-256 is refused, and nothing stored", BlobBucketContract::wrongSum),
        on("a range comes back", BlobBucketContract::range),
        on("a range outside of the object is refused", BlobBucketContract::outside),
        on("bytes are read as they arrive", BlobBucketContract::chunks),
        on("deleting takes what is there", BlobBucketContract::deleted),
        on("a listing goes on behind its cursor", BlobBucketContract::listed),
        on("a listing is ordered by bytes, with metadata", BlobBucketContract::ordered),
        on("limits are kept", BlobBucketContract::limits));
  }

  /** A case that starts without objects of ours. */
  static RemoteCase<BlobBucket> on(String name, RemoteCase.Body<BlobBucket> body) {
    return new RemoteCase<>(
        name,
        bucket -> {
          BlobPage left = bucket.list("c/", null, BlobBucket.LIST_MAX);
          bucket.delete(keys(left));
          body.run(bucket);
        });
  }

  private static List<String> keys(BlobPage page) {
    List<String> keys = new ArrayList<>();
    for (BlobInfo info : page.blobs()) {
      keys.add(info.key());
    }
    return keys;
  }

  static <T> T found(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("not found");
    }
    return value;
  }

  private static void absent(BlobBucket bucket) {
    Check.equal(null, bucket.head("c/none"));
    Check.equal(null, bucket.get("c/none"));
    Check.equal(null, bucket.getRange("c/none", 0, 1));
  }

  private static void stored(BlobBucket bucket) {
    BlobInfo put = bucket.put("c/é x?#%", ABC, BlobOptions.NONE);
    BlobInfo head = found(bucket.head("c/é x?#%"));
    Check.equal(put.etag(), head.etag());
    Check.equal("c/é x?#%", head.key());
    Check.equal(3L, head.sizeBytes());
    Check.that(head.uploadedMs() > 1_600_000_000_000L, "uploaded " + head.uploadedMs());
    Blob blob = found(bucket.get("c/é x?#%"));
    Check.equal(3L, blob.length());
    Check.bytes(ABC, blob.readAll());
  }

  private static void empty(BlobBucket bucket) {
    bucket.put("c/empty", new byte[0], BlobOptions.NONE);
    Blob blob = found(bucket.get("c/empty"));
    Check.equal(0L, blob.length());
    Check.equal(0, blob.readAll().length);
  }

  private static void replaced(BlobBucket bucket) {
    BlobInfo first = bucket.put("c/k", ABC, new BlobOptions("text/plain", null, Map.of("a", "1")));
    BlobInfo second = bucket.put("c/k", new byte[] {1}, BlobOptions.NONE);
    Check.that(!first.etag().equals(second.etag()), "the same etag");
    BlobInfo head = found(bucket.head("c/k"));
    Check.equal(1L, head.sizeBytes());
    Check.equal(null, head.contentType());
    Check.equal(Map.of(), head.metadata());
  }

  private static void described(BlobBucket bucket) {
    byte[] sum = sumOfAbc();
    bucket.put("c/k", ABC, new BlobOptions("image/png", sum, Map.of("owner", "Ann é", "n", "")));
    BlobInfo head = found(bucket.head("c/k"));
    Check.equal("image/png", head.contentType());
    Check.equal(Map.of("owner", "Ann é", "n", ""), head.metadata());
    Check.bytes(sum, found(head.sha256()));
    Check.equal("image/png", found(bucket.get("c/k")).info().contentType());
  }

  private static byte[] sumOfAbc() {
    String hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    byte[] sum = new byte[32];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
    }
    return sum;
  }

  private static void wrongSum(BlobBucket bucket) {
    bucket.put("c/k", ABC, BlobOptions.NONE);
    BlobOptions pinned = new BlobOptions(null, sumOfAbc(), Map.of());
    refusedInput(() -> bucket.put("c/k", new byte[] {1}, pinned));
    Check.equal(3L, found(bucket.head("c/k")).sizeBytes());
  }

  static void refusedInput(RemoteCheck.Step step) {
    RuntimeException refusal = RemoteCheck.refused("wrong input", step);
    boolean coded = refusal instanceof LunoraException e && e.code().equals("INVALID_INPUT");
    Check.that(coded, "refused with " + refusal);
  }

  private static void range(BlobBucket bucket) {
    bucket.put("c/k", RemoteCheck.utf8("0123456789"), BlobOptions.NONE);
    Blob middle = found(bucket.getRange("c/k", 3, 4));
    Check.equal(3L, middle.offset());
    Check.equal(4L, middle.length());
    Check.equal(10L, middle.info().sizeBytes());
    Check.bytes(RemoteCheck.utf8("3456"), middle.readAll());
    Blob end = found(bucket.getRange("c/k", 8, 100));
    Check.equal(2L, end.length());
    Check.bytes(RemoteCheck.utf8("89"), end.readAll());
  }

  private static void outside(BlobBucket bucket) {
    bucket.put("c/k", ABC, BlobOptions.NONE);
    RemoteCheck.refusedArgument("behind the end", () -> bucket.getRange("c/k", 3, 1));
    RemoteCheck.refusedArgument("before the start", () -> bucket.getRange("c/k", -1, 1));
    RemoteCheck.refusedArgument("nothing", () -> bucket.getRange("c/k", 0, 0));
  }

  private static void chunks(BlobBucket bucket) {
    byte[] bytes = new byte[300_000];
    bytes[299_999] = 7;
    bucket.put("c/k", bytes, BlobOptions.NONE);
    Blob blob = found(bucket.get("c/k"));
    int total = 0;
    int last = 0;
    byte[] chunk = blob.read();
    while (chunk != null) {
      Check.that(chunk.length > 0, "an empty chunk");
      total += chunk.length;
      last = chunk[chunk.length - 1];
      chunk = blob.read();
    }
    Check.equal(300_000, total);
    Check.equal(7, last);
  }

  private static void deleted(BlobBucket bucket) {
    bucket.put("c/1", ABC, BlobOptions.NONE);
    bucket.put("c/2", ABC, BlobOptions.NONE);
    bucket.delete(List.of("c/1", "c/none"));
    bucket.delete(List.of());
    Check.equal(List.of("c/2"), keys(bucket.list("c/", null, 10)));
  }

  private static void listed(BlobBucket bucket) {
    for (int i = 0; i < 5; i++) {
      bucket.put("c/" + i, ABC, BlobOptions.NONE);
    }
    List<String> keys = new ArrayList<>();
    BlobPage page = bucket.list("c/", null, 2);
    keys.addAll(keys(page));
    while (page.cursor() != null) {
      page = bucket.list("c/", page.cursor(), 2);
      keys.addAll(keys(page));
    }
    Check.equal(List.of("c/0", "c/1", "c/2", "c/3", "c/4"), keys);
    Check.equal(List.of(), bucket.list("c/none", null, 10).blobs());
  }

  private static void ordered(BlobBucket bucket) {
    bucket.put("c/é", ABC, BlobOptions.ofType("text/plain"));
    bucket.put("c/z", ABC, new BlobOptions(null, null, Map.of("a", "b")));
    bucket.put("c/Z", ABC, BlobOptions.NONE);
    BlobPage page = bucket.list("c/", null, 10);
    Check.equal(List.of("c/Z", "c/z", "c/é"), keys(page));
    Check.equal(null, page.cursor());
    Check.equal(Map.of("a", "b"), page.blobs().get(1).metadata());
    Check.equal("text/plain", page.blobs().get(2).contentType());
  }

  private static void limits(BlobBucket bucket) {
    List<String> many = new ArrayList<>();
    for (int i = 0; i <= BlobBucket.DELETE_KEYS_MAX; i++) {
      many.add("c/" + i);
    }
    RemoteCheck.refusedArgument("1,001 keys", () -> bucket.delete(many));
    RemoteCheck.refusedArgument("no limit", () -> bucket.list("c/", null, 0));
    RemoteCheck.refusedArgument("1,001 objects", () -> bucket.list("c/", null, 1_001));
    RemoteCheck.refusedArgument("no key", () -> bucket.head(""));
    RemoteCheck.refusedArgument("a long key", () -> bucket.head("c/" + "é".repeat(512)));
  }
}
