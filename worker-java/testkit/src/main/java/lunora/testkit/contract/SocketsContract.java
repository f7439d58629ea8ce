package lunora.testkit.contract;

import java.util.List;
import lunora.host.local.Socket;
import lunora.host.local.Sockets;
import lunora.wire.JsonText;

/** The rules of {@link Sockets} and {@link Socket}, as far as the server's end can tell. */
public final class SocketsContract {

  /** A shard's sockets, none open at first, with a way to open more. */
  public interface Host {

    /** The sockets under test. */
    Sockets sockets();

    /** Accepts one more socket. */
    Socket accept(String tag, String attachment);
  }

  private SocketsContract() {}

  /** All cases; each needs a host without open sockets. */
  public static List<ContractCase<Host>> cases() {
    return List.of(
        new ContractCase<>("open sockets are found by tag", SocketsContract::found),
        new ContractCase<>("a closed socket is not found", SocketsContract::closed),
        new ContractCase<>("a closed socket takes no frame", SocketsContract::sendAfterClose),
        new ContractCase<>("closing twice is left alone", SocketsContract::closeTwice),
        new ContractCase<>("frames go to many sockets at once", SocketsContract::sendEach),
        new ContractCase<>("an attachment comes back", SocketsContract::attachment),
        new ContractCase<>("Latin-1 attachments end at 16,379", SocketsContract::latin),
        new ContractCase<>("other attachments end at 8,189", SocketsContract::utf16),
        new ContractCase<>("reserved close codes are refused", SocketsContract::closeCodes),
        new ContractCase<>("a close reason ends at 123 bytes", SocketsContract::closeReason));
  }

  private static void found(Host host) {
    Check.that(!host.sockets().any(), "none at first");
    host.accept("a", "1");
    host.accept("b", "2");
    Check.that(host.sockets().any(), "any");
    Check.equal(2, host.sockets().all().size());
    Check.equal(0, host.sockets().tagged("c").size());
    List<Socket> tagged = host.sockets().tagged("b");
    Check.equal(1, tagged.size());
    Check.equal("2", tagged.get(0).attachment());
  }

  private static void closed(Host host) {
    Socket socket = host.accept("a", "1");
    socket.close(1000, "done");
    Check.equal(0, host.sockets().tagged("a").size());
    Check.equal(0, host.sockets().all().size());
    Check.that(!host.sockets().any(), "any");
  }

  private static void sendAfterClose(Host host) {
    Socket socket = host.accept("a", "1");
    Check.that(socket.send(JsonText.of("{}")), "sent");
    socket.close(1000, "done");
    Check.that(!socket.send(JsonText.of("{}")), "not sent");
  }

  private static void closeTwice(Host host) {
    Socket socket = host.accept("a", "1");
    socket.close(4000, "first");
    socket.close(4001, "second");
  }

  private static void sendEach(Host host) {
    Socket open = host.accept("a", "1");
    Socket closed = host.accept("b", "2");
    closed.close(1000, "");
    List<JsonText> heads = List.of(JsonText.of("[1,"), JsonText.of("[2,"));
    List<JsonText> tails = List.of(JsonText.of("0]"), JsonText.of("1]"));
    boolean[] sent = host.sockets().sendEach(List.of(open, closed), heads, tails);
    Check.equal(2, sent.length);
    Check.that(sent[0], "the open one");
    Check.that(!sent[1], "the closed one");
    Check.refused("a head too few", () -> host.sockets().sendEach(List.of(open), List.of(), tails));
  }

  private static void attachment(Host host) {
    Socket socket = host.accept("a", "first é");
    Check.equal("first é", socket.attachment());
    socket.attach("second \uD83D\uDE00");
    Check.equal("second \uD83D\uDE00", host.sockets().tagged("a").get(0).attachment());
  }

  private static void latin(Host host) {
    Socket socket = host.accept("a", "");
    socket.attach("a".repeat(16_379));
    Check.refused("16,380 characters", () -> socket.attach("a".repeat(16_380)));
    Check.equal(16_379, socket.attachment().length());
  }

  private static void utf16(Host host) {
    Socket socket = host.accept("a", "");
    socket.attach("世".repeat(8_189));
    Check.refused("8,190 characters", () -> socket.attach("世".repeat(8_190)));
  }

  private static void closeCodes(Host host) {
    int[] refused = {0, 999, 1004, 1005, 1006, 1015, 5000};
    Socket socket = host.accept("a", "");
    for (int code : refused) {
      Check.refused("code " + code, () -> socket.close(code, ""));
    }
    Check.that(socket.send(JsonText.of("0")), "still open");
    int[] taken = {1000, 1001, 1011, 3000, 4000, 4999};
    for (int code : taken) {
      host.accept("b", "").close(code, "");
    }
  }

  private static void closeReason(Host host) {
    Socket socket = host.accept("a", "");
    Check.refused("124 bytes", () -> socket.close(1000, "a".repeat(124)));
    Check.refused("bytes, not characters", () -> socket.close(1000, "é".repeat(62)));
    socket.close(1000, "a".repeat(123));
  }
}
