package lunora.bridge.host;

import java.util.ArrayList;
import java.util.List;
import lunora.bridge.value.JsException;
import lunora.bridge.workers.R2Object;
import lunora.bridge.workers.R2Upload;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.BlobInfo;
import lunora.host.remote.BlobUpload;

/**
 * A multipart upload to R2.
 *
 * @see <a href="https://developers.cloudflare.com/r2/objects/multipart-objects/">Multipart
 *     objects</a>
 */
final class CfBlobUpload implements BlobUpload {

  private final R2Upload upload;

  CfBlobUpload(R2Upload upload) {
    this.upload = upload;
  }

  @Override
  public String uploadId() {
    return upload.uploadId();
  }

  @Override
  public Part part(int number, byte[] bytes) {
    if (number < 1 || number > PARTS_MAX) {
      throw new IllegalArgumentException("a part of number " + number);
    }
    R2Upload.Part part = upload.part(number, bytes);
    return new Part(part.number(), part.etag());
  }

  @Override
  public BlobInfo complete(List<Part> parts) {
    List<R2Upload.Part> uploaded = new ArrayList<>(parts.size());
    for (Part part : parts) {
      uploaded.add(new R2Upload.Part(part.number(), part.etag()));
    }
    R2Object object;
    try {
      object = upload.complete(uploaded);
    } catch (JsException e) {
      LunoraException refusal =
          new LunoraException(ErrorCode.INVALID_INPUT, "The parts make no object");
      refusal.initCause(e);
      throw refusal;
    }
    return CfBlobBucket.info(object);
  }

  @Override
  public void abort() {
    upload.abort();
  }
}
