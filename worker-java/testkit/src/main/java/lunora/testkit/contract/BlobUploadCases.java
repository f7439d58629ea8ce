package lunora.testkit.contract;

import static lunora.testkit.contract.BlobBucketContract.found;
import static lunora.testkit.contract.BlobBucketContract.on;
import static lunora.testkit.contract.BlobBucketContract.refusedInput;

import java.util.List;
import lunora.host.remote.Blob;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.BlobInfo;
import lunora.host.remote.BlobOptions;
import lunora.host.remote.BlobUpload;

/** Objects that are uploaded in parts. */
final class BlobUploadCases {

  private static final byte[] ABC = {'a', 'b', 'c'};

  private BlobUploadCases() {}

  static List<RemoteCase<BlobBucket>> cases() {
    return List.of(
        on("parts become an object", BlobUploadCases::parts),
        on("parts of other sizes are refused", BlobUploadCases::unequalParts),
        on("an upload goes on by its id", BlobUploadCases::resumed),
        on("an aborted upload is gone", BlobUploadCases::aborted));
  }

  private static void parts(BlobBucket bucket) {
    BlobUpload upload = bucket.startUpload("c/big", BlobOptions.ofType("text/plain"));
    byte[] whole = new byte[BlobUpload.PART_BYTES_MIN];
    whole[0] = 1;
    BlobUpload.Part second = upload.part(2, ABC);
    BlobUpload.Part first = upload.part(1, whole);
    Check.equal(null, bucket.head("c/big"));
    BlobInfo made = upload.complete(List.of(first, second));
    Check.equal(whole.length + 3L, made.sizeBytes());
    BlobInfo head = found(bucket.head("c/big"));
    Check.equal("text/plain", head.contentType());
    Check.equal(made.etag(), head.etag());
    Blob end = found(bucket.getRange("c/big", whole.length, 10));
    Check.bytes(ABC, end.readAll());
  }

  private static void unequalParts(BlobBucket bucket) {
    BlobUpload upload = bucket.startUpload("c/big", BlobOptions.NONE);
    BlobUpload.Part small = upload.part(1, ABC);
    BlobUpload.Part last = upload.part(2, ABC);
    refusedInput(() -> upload.complete(List.of(small, last)));
    refusedInput(() -> upload.complete(List.of(new BlobUpload.Part(3, "unknown"))));
    Check.equal(null, bucket.head("c/big"));
    upload.abort();
    RemoteCheck.refusedArgument("part 0", () -> upload.part(0, ABC));
  }

  private static void resumed(BlobBucket bucket) {
    BlobUpload upload = bucket.startUpload("c/later", BlobOptions.NONE);
    BlobUpload.Part part = upload.part(1, ABC);
    BlobUpload again = bucket.resumeUpload("c/later", upload.uploadId());
    Check.equal(3L, again.complete(List.of(part)).sizeBytes());
  }

  private static void aborted(BlobBucket bucket) {
    BlobUpload upload = bucket.startUpload("c/never", BlobOptions.NONE);
    BlobUpload.Part part = upload.part(1, ABC);
    upload.abort();
    refusedInput(() -> upload.complete(List.of(part)));
    RemoteCheck.refused("a part of an aborted upload", () -> upload.part(2, ABC));
    Check.equal(null, bucket.head("c/never"));
  }
}
