package lunora.bindings;

import lunora.bridge.host.CfJsonTexts;
import lunora.bridge.host.CfSqlStorage;
import lunora.bridge.workers.DurableObjectState;
import lunora.bridge.workers.WorkersResponse;
import lunora.bridge.workers.WorkersSocket;
import lunora.host.local.JsonTexts;
import lunora.host.local.SqlStorage;
import lunora.testkit.contract.ContractCase;
import lunora.testkit.contract.JsonTextsContract;
import lunora.testkit.contract.SocketsContract;
import lunora.testkit.contract.SqlStorageContract;

/** The contract suites of the testkit against Cloudflare's implementations. */
final class ContractRoutes {

  private final DurableObjectState state;

  ContractRoutes(DurableObjectState state) {
    this.state = state;
  }

  WorkersResponse answer(String action) {
    return switch (action) {
      case "sql" -> sql();
      case "sockets" -> sockets();
      default -> WorkersResponse.text(404, action);
    };
  }

  static WorkersResponse jsonTexts() {
    Answer answer = new Answer();
    CfJsonTexts texts = new CfJsonTexts();
    for (ContractCase<JsonTexts> test : JsonTextsContract.cases()) {
      answer.put(test.name(), outcome(() -> test.run(texts)));
    }
    return answer.ok();
  }

  private WorkersResponse sql() {
    Answer answer = new Answer();
    CfSqlStorage sql = new CfSqlStorage(state.raw().getStorage());
    for (ContractCase<SqlStorage> test : SqlStorageContract.cases()) {
      answer.put(test.name(), outcome(() -> test.run(sql)));
    }
    return answer.ok();
  }

  private WorkersResponse sockets() {
    Answer answer = new Answer();
    for (ContractCase<SocketsContract.Host> test : SocketsContract.cases()) {
      answer.put(test.name(), outcome(() -> test.run(new ContractSockets(state))));
      for (WorkersSocket socket : state.sockets().all()) {
        socket.close(1000, "");
      }
    }
    return answer.ok();
  }

  private static String outcome(Refusal.Step step) {
    try {
      step.run();
      return "ok";
    } catch (RuntimeException | AssertionError e) {
      return "failed: " + e;
    }
  }
}
