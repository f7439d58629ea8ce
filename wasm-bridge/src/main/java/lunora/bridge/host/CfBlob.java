package lunora.bridge.host;

import java.util.Map;
import lunora.bridge.raw.JsReadableStream;
import lunora.bridge.raw.JsResponse;
import lunora.bridge.workers.ByteStream;
import lunora.bridge.workers.R2Object;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.Blob;
import lunora.host.remote.BlobInfo;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * The body of an object of R2.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/r2/api/workers/workers-api-reference/#r2objectbody-definition">R2ObjectBody</a>
 */
final class CfBlob implements Blob {

  private final R2Object object;
  private final long offset;
  private final long length;
  private @Nullable ByteStream stream;

  CfBlob(R2Object object, long offset, long length) {
    this.object = object;
    this.offset = offset;
    this.length = length;
  }

  @Override
  public BlobInfo info() {
    return CfBlobBucket.info(object);
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public byte @Nullable [] read() {
    ByteStream known = stream;
    if (known == null) {
      known = object.body();
      stream = known;
    }
    return known.read();
  }

  @Override
  public byte[] readAll() {
    return object.bytes();
  }

  @Override
  public HttpResponse toResponse(int status, Map<String, String> headers) {
    return new CfHttpResponse(
        response(object.body().raw(), status, CfHttpResponse.headers(headers)));
  }

  @JSBody(
      params = {"body", "status", "headers"},
      script = "return new Response(body, { status: status, headers: headers });")
  private static native JsResponse response(JsReadableStream body, int status, JSObject headers);
}
