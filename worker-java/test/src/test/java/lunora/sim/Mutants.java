package lunora.sim;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.PreparedCall;
import lunora.host.inbound.ShardHandler;
import lunora.host.local.OutboundLimit;
import lunora.host.local.Socket;
import lunora.host.local.SqlRows;
import lunora.host.remote.ActionHost;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** Engines that are wrong in one way each. */
final class Mutants {

  private Mutants() {}

  /** Loses some of the frames of a type. */
  static Mutant losing(String type, int oneIn) {
    return new SocketsDouble() {
      private int count;

      @Override
      @Nullable JsonText instead(List<JsonText> heads, JsonText tail) {
        boolean meant = heads.get(0).toString().startsWith("{\"type\":\"" + type + "\"");
        return meant && ++count % oneIn == 0 ? null : tail;
      }
    };
  }

  /** Sends an earlier result of some query as if it were the present one. */
  static Mutant goingBack() {
    return new SocketsDouble() {
      private String last = "[]";
      private int count;

      @Override
      JsonText instead(List<JsonText> heads, JsonText tail) {
        String text = tail.toString();
        if (!text.startsWith(",\"data\":[")) {
          return tail;
        }
        int end = text.lastIndexOf(",\"cursor\":");
        String earlier = last;
        last = text.substring(",\"data\":".length(), end);
        return ++count % 5 == 0 ? JsonText.of(",\"data\":" + earlier + text.substring(end)) : tail;
      }
    };
  }

  /** Sends notes to everybody. */
  static Mutant telling() {
    return new SocketsDouble() {

      @Override
      JsonText instead(List<JsonText> heads, JsonText tail) {
        if (tail.toString().contains("secret:")) {
          for (Socket socket : real().all()) {
            socket.send(JsonText.of(heads.get(0).toString() + tail));
          }
        }
        return tail;
      }
    };
  }

  /** Closes nobody, whatever waits. */
  static Mutant unlimited() {
    return new SocketsDouble() {

      @Override
      JsonText instead(List<JsonText> heads, JsonText tail) {
        return tail;
      }

      @Override
      public void limit(OutboundLimit limit) {}
    };
  }

  /** Replays a durable stream from the last chunk that the client has, not from the next. */
  static Mutant repeatingChunks() {
    return new SqlDouble() {

      @Override
      public SqlRows query(String text, @Nullable Object... params) {
        if (text.startsWith("SELECT data, units FROM") && params[1] instanceof Number last) {
          Object[] earlier = params.clone();
          earlier[1] = Math.max(0, last.longValue() - 1);
          return super.query(text, earlier);
        }
        return super.query(text, params);
      }
    };
  }

  /** Does not carry out some statements. */
  static Mutant skipping(String statement) {
    return new SqlDouble() {

      @Override
      public void execute(String text, @Nullable Object... params) {
        if (!text.startsWith(statement)) {
          super.execute(text, params);
        }
      }
    };
  }

  /** Finds nothing that was written since a cursor, whatever was. */
  static Mutant blind() {
    return new SqlDouble() {

      @Override
      public SqlRows query(String text, @Nullable Object... params) {
        boolean probe = text.startsWith("SELECT 1 FROM \"__lunora_oplog\" WHERE seq > ?");
        return probe
            ? super.query("SELECT 1 FROM sqlite_master WHERE 0")
            : super.query(text, params);
      }
    };
  }

  /** Stores one epoch whatever the timeline. */
  static Mutant forgettingEpochs() {
    return new SqlDouble() {

      @Override
      public void execute(String text, @Nullable Object... params) {
        boolean named = params.length == 2 && "epoch".equals(params[0]);
        super.execute(text, named ? new Object[] {"epoch", "the only one"} : params);
      }
    };
  }

  /** Keeps what a transaction wrote before it failed. */
  static Mutant withoutTransactions() {
    return new SqlDouble() {

      @Override
      public <T extends @Nullable Object> T transaction(Supplier<T> body) {
        return body.get();
      }
    };
  }

  /** Now and then answers a read of a cell with what was there before. */
  static Mutant stale() {
    return new StaleReads();
  }

  private static final class StaleReads extends SqlDouble {

    private final Map<String, SqlRows> earlier = new HashMap<>();
    private boolean calling;
    private boolean writing;
    private int count;

    @Override
    public SqlRows query(String text, @Nullable Object... params) {
      SqlRows now = super.query(text, params);
      if (!calling || writing || !text.contains("FROM \"cells\"")) {
        return now;
      }
      SqlRows before = earlier.put(text + Arrays.toString(params), now);
      return before != null && ++count % 2 == 0 ? before : now;
    }

    @Override
    public <T extends @Nullable Object> T transaction(Supplier<T> body) {
      writing = true;
      try {
        return super.transaction(body);
      } finally {
        writing = false;
      }
    }

    @Override
    public ShardHandler handler(ShardHandler handler) {
      return new ShardHandler() {

        @Override
        public HttpResponse fetch(HttpRequest request, ActionHost host) {
          calling = true;
          try {
            return handler.fetch(request, host);
          } finally {
            calling = false;
          }
        }

        @Override
        public @Nullable PreparedCall prepare(HttpRequest request, String body) {
          return handler.prepare(request, body);
        }

        @Override
        public void socketMessage(Socket socket, String frame) {
          handler.socketMessage(socket, frame);
        }

        @Override
        public void socketClosed(Socket socket) {
          handler.socketClosed(socket);
        }
      };
    }
  }
}
