package lunora.bindings;

import java.util.List;
import java.util.Map;
import lunora.bridge.host.CfBlobBucket;
import lunora.bridge.host.CfHttpRequest;
import lunora.bridge.host.CfHttpResponse;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkersResponse;
import lunora.bridge.workers.WorkersUrl;
import lunora.host.remote.Blob;
import lunora.host.remote.BlobInfo;
import lunora.host.remote.BlobOptions;

/** Bodies that go to a bucket and come from it without passing through Java. */
final class BlobRoutes {

  private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9'};

  private BlobRoutes() {}

  static WorkersResponse answer(
      String action, WorkersRequest request, WorkersUrl url, CfBlobBucket blobs) {
    return switch (action) {
      case "body" -> body(blobs, request, url);
      case "download" -> download(blobs, url);
      default -> WorkersResponse.text(404, action);
    };
  }

  private static WorkersResponse body(CfBlobBucket blobs, WorkersRequest request, WorkersUrl url) {
    long length = Long.parseLong(String.valueOf(url.query("length")));
    BlobOptions options = BlobOptions.ofType("image/png");
    String refusal =
        Refusal.ofWork(
            () -> blobs.putBody("u/k", new CfHttpRequest(request.raw()), length, options));
    BlobInfo stored = blobs.head("u/k");
    long size = stored == null ? -1 : stored.sizeBytes();
    blobs.delete(List.of("u/k"));
    return new Answer().put("refusal", refusal).put("size", size).ok();
  }

  private static WorkersResponse download(CfBlobBucket blobs, WorkersUrl url) {
    blobs.put("d/k", DIGITS, BlobOptions.NONE);
    long offset = Long.parseLong(String.valueOf(url.query("offset")));
    Blob blob = blobs.getRange("d/k", offset, 4);
    if (blob == null) {
      return WorkersResponse.empty(404);
    }
    return new WorkersResponse(
        CfHttpResponse.toJs(blob.toResponse(206, Map.of("content-type", "text/x-part"))));
  }
}
