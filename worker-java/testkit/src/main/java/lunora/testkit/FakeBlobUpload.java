package lunora.testkit;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.BlobInfo;
import lunora.host.remote.BlobOptions;
import lunora.host.remote.BlobUpload;

/** An upload in parts to a bucket in memory. */
final class FakeBlobUpload implements BlobUpload {

  private final FakeBlobBucket bucket;
  private final String key;
  private final String uploadId;
  private final BlobOptions options;
  private final Map<Integer, byte[]> parts = new HashMap<>();

  FakeBlobUpload(FakeBlobBucket bucket, String key, String uploadId, BlobOptions options) {
    this.bucket = bucket;
    this.key = key;
    this.uploadId = uploadId;
    this.options = options;
  }

  @Override
  public String uploadId() {
    return uploadId;
  }

  @Override
  public Part part(int number, byte[] bytes) {
    if (number < 1 || number > PARTS_MAX) {
      throw new IllegalArgumentException("a part of number " + number);
    }
    checkOpen();
    parts.put(number, bytes.clone());
    return new Part(number, md5(bytes));
  }

  @Override
  public BlobInfo complete(List<Part> given) {
    checkOpen();
    List<Part> ordered = new ArrayList<>(given);
    ordered.sort(Comparator.comparingInt(Part::number));
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    int size = 0;
    for (int i = 0; i < ordered.size(); i++) {
      byte[] bytes = parts.get(ordered.get(i).number());
      if (bytes == null || !md5(bytes).equals(ordered.get(i).etag())) {
        throw refused("an unknown part");
      }
      size = i == 0 ? bytes.length : size;
      boolean last = i == ordered.size() - 1;
      if (last ? i > 0 && bytes.length > size : bytes.length < PART_BYTES_MIN) {
        throw refused("a part of " + bytes.length + " bytes");
      }
      if (!last && bytes.length != size) {
        throw refused("parts of different sizes");
      }
      object.writeBytes(bytes);
    }
    if (ordered.isEmpty()) {
      throw refused("no part");
    }
    bucket.ended(uploadId);
    byte[] bytes = object.toByteArray();
    BlobOptions stored = new BlobOptions(options.contentType(), null, options.metadata());
    return bucket.keep(key, bytes, stored, md5(bytes) + "-" + ordered.size());
  }

  @Override
  public void abort() {
    bucket.ended(uploadId);
  }

  private void checkOpen() {
    if (!bucket.isOpen(uploadId)) {
      throw refused("no such upload");
    }
  }

  private static LunoraException refused(String why) {
    return new LunoraException(ErrorCode.INVALID_INPUT, why);
  }

  static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
