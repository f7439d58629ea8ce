package lunora.subscription;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import lunora.api.Identity;
import lunora.auth.Caller;
import lunora.host.local.Socket;
import lunora.replay.ClientMarks;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one socket, kept in its attachment so that it outlives hibernation: {@code
 * {"connectionId", "userId"?, "claims"?, "clientId"?, "pageDelta"?, "connected"?}}. Subscriptions
 * are not in it: they have no bound here (docs/adr/0004-subscription-registry.md).
 *
 * @param connectionId also the tag under which the socket is found
 * @param caller who is behind the socket, for as long as it is open
 * @param clientId how the client named itself, or null
 * @param pageDelta whether the client can merge deltas
 * @param connected whether the connect frame came
 */
record Connection(
    String connectionId,
    Caller caller,
    @Nullable String clientId,
    boolean pageDelta,
    boolean connected) {

  static Connection opened(String connectionId, Caller caller) {
    return new Connection(connectionId, caller, null, false, false);
  }

  /** The same connection after its connect frame. */
  Connection announced(ClientFrame.Connect frame) {
    return new Connection(connectionId, caller, frame.clientId(), frame.pageDelta(), true);
  }

  /** The client behind the socket, or null when it did not name itself. */
  ClientMarks.@Nullable Client client() {
    return clientId == null ? null : new ClientMarks.Client(caller.userKey(), clientId);
  }

  static Connection of(Socket socket) {
    Map<String, Value> fields = ((Value.Obj) Json.read(socket.attachment())).fields();
    return new Connection(
        String.valueOf(text(fields.get("connectionId"))),
        caller(fields),
        text(fields.get("clientId")),
        fields.containsKey("pageDelta"),
        fields.containsKey("connected"));
  }

  private static Caller caller(Map<String, Value> fields) {
    String userId = text(fields.get("userId"));
    if (userId == null) {
      return Caller.ANONYMOUS;
    }
    Value claims = fields.get("claims");
    Value.Obj decoded =
        claims == null ? new Value.Obj(Map.of()) : (Value.Obj) WireCodec.decode(claims);
    return new Caller(Optional.of(new Identity(userId, decoded)), Caller.Origin.CLIENT);
  }

  /** The attachment's text. */
  String attachment() {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("connectionId", new Value.Str(connectionId));
    if (caller.identity().isPresent()) {
      fields.put("userId", new Value.Str(caller.identity().get().userId()));
      fields.put("claims", caller.identity().get().claims());
    }
    if (clientId != null) {
      fields.put("clientId", new Value.Str(clientId));
    }
    if (pageDelta) {
      fields.put("pageDelta", Value.Bool.TRUE);
    }
    if (connected) {
      fields.put("connected", Value.Bool.TRUE);
    }
    JsonWriter json = new JsonWriter();
    WireCodec.write(new Value.Obj(fields), json);
    return json.finish().toString();
  }

  private static @Nullable String text(@Nullable Value value) {
    return value instanceof Value.Str text ? text.value() : null;
  }
}
