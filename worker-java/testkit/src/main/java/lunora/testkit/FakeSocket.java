package lunora.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lunora.host.local.OutboundLimit;
import lunora.host.local.Socket;
import lunora.host.local.Sockets;
import lunora.wire.JsonText;

/**
 * The server's end of a WebSocket together with what its client saw: frames, and the close.
 *
 * <p>It belongs to its {@link FakeSockets} and outlives a hibernation of the engine.
 */
public final class FakeSocket implements Socket {

  /** What the client sees when the connection just goes away. */
  public static final int ABNORMAL_CLOSURE = 1006;

  private static final int REASON_BYTES_MAX = 123;

  private final FakeSockets owner;
  private final List<String> tags;
  private final List<String> frames = new ArrayList<>();
  private String attachment;
  private int closeCode;
  private String closeReason = "";
  private int failures;
  private long bufferedBytes;
  private boolean stalled;
  private long longFrameBytes;

  FakeSocket(FakeSockets owner, List<String> tags, String attachment) {
    this.owner = owner;
    this.tags = tags;
    this.attachment = checkedAttachment(attachment);
  }

  @Override
  public String attachment() {
    return attachment;
  }

  @Override
  public void attach(String text) {
    attachment = checkedAttachment(text);
  }

  @Override
  public boolean send(JsonText frame) {
    if (!isOpen()) {
      return false;
    }
    if (failures > 0) {
      failures--;
      return false;
    }
    String text = SqlParams.wellFormed(frame.toString());
    OutboundLimit limit = owner.limit();
    if (limit != null && bufferedBytes > limit.bytesMax()) {
      if (bufferedBytes > limit.bytesMax() + longFrameBytes) {
        close(limit.closeCode(), limit.closeReason());
        return false;
      }
    } else {
      longFrameBytes = 0;
    }
    frames.add(text);
    if (stalled) {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      bufferedBytes += bytes;
      if (limit != null && bytes > limit.bytesMax()) {
        longFrameBytes = Math.max(longFrameBytes, bytes);
      }
    }
    return true;
  }

  @Override
  public void close(int code, String reason) {
    if (!isOpen()) {
      return;
    }
    if (code < 1000
        || code >= 5000
        || code == 1004
        || code == 1005
        || code == 1006
        || code == 1015) {
      throw new IllegalArgumentException("Invalid WebSocket close code: " + code + ".");
    }
    if (reason.getBytes(StandardCharsets.UTF_8).length > REASON_BYTES_MAX) {
      throw new IllegalArgumentException("close reason longer than 123 bytes: " + reason);
    }
    end(code, reason);
  }

  @Override
  public long bufferedBytes() {
    return bufferedBytes;
  }

  /** What {@link #bufferedBytes()} answers from now on: a slow client, or -1 for an old host. */
  public void setBufferedBytes(long bytes) {
    bufferedBytes = bytes;
  }

  /** The client reads no more: what is sent from now on waits. */
  public void stall() {
    stalled = true;
  }

  /** The client has read all that waited, and reads on. */
  public void readOn() {
    stalled = false;
    bufferedBytes = 0;
  }

  /** Lets the next sends fail, as on a connection that broke unnoticed. */
  public void failSends(int count) {
    failures = count;
  }

  /** The connection goes away without a close frame. {@link FakeShard} tells the engine. */
  public void drop() {
    if (isOpen()) {
      end(ABNORMAL_CLOSURE, "");
    }
  }

  /** Whether frames can be sent. */
  public boolean isOpen() {
    return closeCode == 0;
  }

  /** The code the client saw, or 0 while the socket is open. */
  public int closeCode() {
    return closeCode;
  }

  /** The reason the client saw. */
  public String closeReason() {
    return closeReason;
  }

  /** The tags it was accepted with. */
  public List<String> tags() {
    return tags;
  }

  /** The frames sent since the last {@link #drain}, in order. */
  public List<String> frames() {
    return List.copyOf(frames);
  }

  /** Takes the frames sent since the last call, in order. */
  public List<String> drain() {
    List<String> taken = List.copyOf(frames);
    frames.clear();
    return taken;
  }

  boolean belongsTo(FakeSockets sockets) {
    return owner == sockets;
  }

  private void end(int code, String reason) {
    closeCode = code;
    closeReason = reason;
    owner.forget(this);
  }

  private static String checkedAttachment(String text) {
    int bytes = serializedBytes(text);
    if (bytes > Sockets.ATTACHMENT_BYTES_MAX) {
      throw new IllegalArgumentException(
          "attachment of " + bytes + " bytes: at most " + Sockets.ATTACHMENT_BYTES_MAX);
    }
    return text;
  }

  /** The size in V8's serialisation: a header, a tag, a varint length, Latin-1 or UTF-16. */
  static int serializedBytes(String text) {
    if (text.chars().allMatch(c -> c < 256)) {
      return 3 + varintBytes(text.length()) + text.length();
    }
    int bytes = text.length() * 2;
    int head = 3 + varintBytes(bytes);
    return head + head % 2 + bytes;
  }

  private static int varintBytes(int value) {
    return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : 4;
  }
}
