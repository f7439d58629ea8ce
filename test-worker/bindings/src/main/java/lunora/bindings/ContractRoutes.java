package lunora.bindings;

import java.util.List;
import lunora.bridge.host.CfJsonTexts;
import lunora.bridge.host.CfSqlStorage;
import lunora.bridge.workers.DurableObjectState;
import lunora.bridge.workers.WorkersResponse;
import lunora.bridge.workers.WorkersUrl;
import lunora.host.local.JsonTexts;
import lunora.host.local.SqlStorage;
import lunora.testkit.contract.AlarmContract;
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

  WorkersResponse answer(String action, WorkersUrl url) {
    return switch (action) {
      case "sql" -> sql();
      case "alarm" -> alarm();
      case "socket" -> socket(Integer.parseInt(String.valueOf(url.query("number"))));
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

  private WorkersResponse alarm() {
    CfSqlStorage sql = new CfSqlStorage(state.raw().getStorage());
    return RemoteContracts.outcomes(AlarmContract.cases(), new ContractAlarm(state, sql));
  }

  private WorkersResponse sql() {
    Answer answer = new Answer();
    CfSqlStorage sql = new CfSqlStorage(state.raw().getStorage());
    for (ContractCase<SqlStorage> test : SqlStorageContract.cases()) {
      answer.put(test.name(), outcome(() -> test.run(sql)));
    }
    return answer.ok();
  }

  /** One case only: each needs an object in which no socket was ever open. */
  private WorkersResponse socket(int number) {
    List<ContractCase<SocketsContract.Host>> cases = SocketsContract.cases();
    ContractCase<SocketsContract.Host> test = cases.get(number);
    return new Answer()
        .put("cases", cases.size())
        .put("name", test.name())
        .put("outcome", outcome(() -> test.run(new ContractSockets(state))))
        .ok();
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
