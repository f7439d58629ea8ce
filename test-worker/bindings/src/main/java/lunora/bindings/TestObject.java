package lunora.bindings;

import lunora.bridge.workers.AlarmInvocation;
import lunora.bridge.workers.DurableObject;
import lunora.bridge.workers.DurableObjectState;
import lunora.bridge.workers.Env;
import lunora.bridge.workers.SocketClose;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkersResponse;
import lunora.bridge.workers.WorkersSocket;
import lunora.bridge.workers.WorkersUrl;

/** The object under test: {@code /object/<name>/<product>/<action>}. */
final class TestObject implements DurableObject {

  private final DurableObjectState state;
  private final SocketRoutes sockets;
  private final AlarmRoutes alarms;
  private final LifeRoutes life;

  TestObject(DurableObjectState state, Env env) {
    this.state = state;
    this.sockets = new SocketRoutes(state.sockets());
    this.alarms = new AlarmRoutes(state.storage());
    this.life = new LifeRoutes(state);
  }

  @Override
  public WorkersResponse fetch(WorkersRequest request) {
    WorkersUrl url = request.parsedUrl();
    String[] path = url.path().substring(1).split("/");
    String action = path[3];
    return switch (path[2]) {
      case "sql" -> new SqlRoutes(state.storage()).answer(action);
      case "storage" -> new StorageRoutes(state.storage()).answer(action);
      case "socket" -> sockets.answer(action, url);
      case "alarm" -> alarms.answer(action, url);
      case "life" -> life.answer(action, url);
      case "notes" -> new NoteRoutes(state.storage()).answer(action, request);
      case "pitr" -> new PointInTimeRoutes(state.storage().pointInTime()).answer(action);
      case "redirect" -> WorkersResponse.redirect(302, "https://o/object/r/life/who");
      case "error" -> ErrorRoutes.inObject(action);
      case "contract" -> new ContractRoutes(state).answer(action, url);
      default -> WorkersResponse.text(404, "no route " + url.path());
    };
  }

  @Override
  public void alarm(AlarmInvocation invocation) {
    alarms.ring(invocation);
  }

  @Override
  public void text(WorkersSocket socket, String message) {
    sockets.text(socket, message);
  }

  @Override
  public void bytes(WorkersSocket socket, byte[] message) {
    socket.send(message);
  }

  @Override
  public void closed(WorkersSocket socket, SocketClose close) {
    state
        .storage()
        .keyValues()
        .put("closed", close.code() + " " + close.reason() + " " + socket.attachment());
  }
}
