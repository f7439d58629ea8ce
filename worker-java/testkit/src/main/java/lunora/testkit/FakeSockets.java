package lunora.testkit;

import java.util.ArrayList;
import java.util.List;
import lunora.host.local.OutboundLimit;
import lunora.host.local.Socket;
import lunora.host.local.Sockets;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * The WebSockets of one shard, in order of acceptance. The same object is handed to the next engine
 * after a hibernation, and emptied by {@link #dropAll} on a restart.
 */
public final class FakeSockets implements Sockets {

  private static final int TAGS_MAX = 10;
  private static final int TAG_CHARS_MAX = 256;
  private static final int SOCKETS_MAX = 32_768;

  private final List<FakeSocket> open = new ArrayList<>();
  private @Nullable OutboundLimit limit;

  /** Accepts a socket as the platform would on an upgrade. */
  public FakeSocket accept(String tag, String attachment) {
    return accept(List.of(tag), attachment);
  }

  /** Accepts a socket with at most 10 tags of at most 256 characters. */
  public FakeSocket accept(List<String> tags, String attachment) {
    if (tags.size() > TAGS_MAX) {
      throw new IllegalArgumentException("a socket cannot have more than 10 tags: " + tags);
    }
    for (String tag : tags) {
      if (tag.length() > TAG_CHARS_MAX) {
        throw new IllegalArgumentException("tag longer than 256 characters: " + tag);
      }
    }
    if (open.size() == SOCKETS_MAX) {
      throw new IllegalStateException("only " + SOCKETS_MAX + " sockets a shard");
    }
    FakeSocket socket = new FakeSocket(this, List.copyOf(tags), attachment);
    open.add(socket);
    return socket;
  }

  @Override
  public List<Socket> tagged(String tag) {
    List<Socket> found = new ArrayList<>();
    for (FakeSocket socket : open) {
      if (socket.tags().contains(tag)) {
        found.add(socket);
      }
    }
    return found;
  }

  @Override
  public List<Socket> all() {
    return List.copyOf(open);
  }

  @Override
  public boolean any() {
    return !open.isEmpty();
  }

  @Override
  public void limit(OutboundLimit newLimit) {
    limit = newLimit;
  }

  @Nullable OutboundLimit limit() {
    return limit;
  }

  @Override
  public boolean[] sendEach(List<Socket> sockets, List<JsonText> heads, List<JsonText> tails) {
    if (sockets.size() != heads.size()) {
      throw new IllegalArgumentException(sockets.size() + " sockets, " + heads.size() + " heads");
    }
    boolean[] sent = new boolean[sockets.size()];
    for (int i = 0; i < sent.length; i++) {
      if (!(sockets.get(i) instanceof FakeSocket socket) || !socket.belongsTo(this)) {
        throw new IllegalArgumentException("a socket of another shard: " + sockets.get(i));
      }
      sent[i] = true;
      for (int tail = 0; sent[i] && tail < tails.size(); tail++) {
        sent[i] = socket.send(JsonText.of(heads.get(i).toString() + tails.get(tail)));
      }
    }
    return sent;
  }

  /** All connections go away at once, as on a deploy. No engine hears of it. */
  public void dropAll() {
    List.copyOf(open).forEach(FakeSocket::drop);
  }

  void forget(FakeSocket socket) {
    open.remove(socket);
  }
}
