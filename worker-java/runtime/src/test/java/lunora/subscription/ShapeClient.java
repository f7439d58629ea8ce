package lunora.subscription;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeSocket;
import lunora.testkit.ShapeView;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;

/** A client that keeps copies of shapes and takes them up again when it comes back. */
final class ShapeClient {

  private final FakeShard shard;
  private final String user;
  private final ShapeView view = new ShapeView();
  private final Map<String, Value.Obj> subscribed = new LinkedHashMap<>();
  private FakeSocket socket;
  private int lastNumber;

  ShapeClient(FakeShard shard, String user) {
    this.shard = shard;
    this.user = user;
    this.socket = open();
  }

  private FakeSocket open() {
    FakeSocket opened =
        shard.connect(
            FakeHttpRequest.upgrade("https://shard.internal/_lunora/ws")
                .header("x-lunora-userid", user));
    shard.message(
        opened, "{\"type\":\"connect\",\"id\":\"connect\",\"clientId\":\"of " + user + "\"}");
    return opened;
  }

  FakeSocket socket() {
    return socket;
  }

  /** The copy as it stands after all that has arrived. */
  ShapeView.Copy copy(String id) {
    receive();
    return view.copy(id);
  }

  List<String> ids() {
    return new ArrayList<>(subscribed.keySet());
  }

  /** Subscribes and gives the id. */
  String subscribe(String shape, Map<String, Value> args) {
    lastNumber++;
    String id = "shape_" + lastNumber;
    Map<String, Value> what = new LinkedHashMap<>();
    what.put("name", new Value.Str(shape));
    what.put("args", new Value.Obj(args));
    subscribed.put(id, new Value.Obj(what));
    request(id);
    return id;
  }

  void unsubscribe(String id) {
    shard.message(socket, "{\"type\":\"shape_unsubscribe\",\"id\":\"" + id + "\"}");
    subscribed.remove(id);
  }

  /** Takes a copy up from where it stands. */
  void request(String id) {
    receive();
    ShapeView.Copy copy = view.copy(id);
    Map<String, Value> frame = new LinkedHashMap<>();
    frame.put("type", new Value.Str("shape_subscribe"));
    frame.put("id", new Value.Str(id));
    frame.put("shape", subscribed.getOrDefault(id, new Value.Obj(Map.of())));
    Double checkpoint = copy.checkpoint();
    String epoch = copy.epoch();
    if (checkpoint != null && epoch != null) {
      frame.put("sinceCheckpoint", new Value.Num(checkpoint));
      frame.put("sinceEpoch", new Value.Str(epoch));
    }
    JsonWriter json = new JsonWriter();
    WireCodec.write(new Value.Obj(frame), json);
    shard.message(socket, json.finish().toString());
    receive();
  }

  void disconnect() {
    receive();
    view.dropped();
    if (socket.isOpen()) {
      shard.disconnect(socket);
    }
  }

  void reconnect() {
    disconnect();
    socket = open();
    ids().forEach(this::request);
  }

  /** Takes in what has arrived; gives the frames that are not of pokes. */
  List<Value.Obj> receive() {
    List<Value.Obj> others = new ArrayList<>();
    for (String text : socket.drain()) {
      Value.Obj frame = (Value.Obj) Json.read(text);
      if (!view.apply(frame)) {
        others.add(frame);
      }
    }
    return others;
  }
}
