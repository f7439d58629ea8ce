package lunora.testkit;

import java.util.Arrays;
import java.util.Map;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.Blob;
import lunora.host.remote.BlobInfo;
import org.jspecify.annotations.Nullable;

/** Bytes that are read once, in chunks. */
final class FakeBlob implements Blob {

  private static final int CHUNK_BYTES = 65_536;

  private final BlobInfo info;
  private final long offset;
  private final byte[] bytes;
  private int at;
  private boolean taken;

  FakeBlob(BlobInfo info, long offset, byte[] bytes) {
    this.info = info;
    this.offset = offset;
    this.bytes = bytes;
  }

  @Override
  public BlobInfo info() {
    return info;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public byte @Nullable [] read() {
    if (taken) {
      throw new IllegalStateException("the bytes were read already");
    }
    if (at == bytes.length) {
      return null;
    }
    int end = Math.min(bytes.length, at + CHUNK_BYTES);
    byte[] chunk = Arrays.copyOfRange(bytes, at, end);
    at = end;
    return chunk;
  }

  @Override
  public byte[] readAll() {
    take();
    return bytes.clone();
  }

  @Override
  public HttpResponse toResponse(int status, Map<String, String> headers) {
    take();
    return new FakeBlobResponse(status, Map.copyOf(headers), bytes.clone());
  }

  private void take() {
    if (taken || at > 0) {
      throw new IllegalStateException("the bytes were read already");
    }
    taken = true;
  }
}
