package lunora.bindings;

import java.util.List;
import lunora.bridge.host.CfCrypto;
import lunora.bridge.workers.WorkersResponse;
import lunora.testkit.contract.CryptoContract;
import lunora.testkit.contract.RemoteCase;

/** The contract suites of what suspends, against Cloudflare's implementations. */
final class RemoteContracts {

  private RemoteContracts() {}

  static WorkersResponse answer(String action) {
    return switch (action) {
      case "crypto" -> outcomes(CryptoContract.cases(), new CfCrypto());
      default -> WorkersResponse.text(404, action);
    };
  }

  static <T> WorkersResponse outcomes(List<RemoteCase<T>> cases, T host) {
    Answer answer = new Answer();
    for (RemoteCase<T> test : cases) {
      String outcome = outcome(test, host);
      answer.put(test.name(), outcome);
    }
    return answer.ok();
  }

  private static <T> String outcome(RemoteCase<T> test, T host) {
    try {
      test.run(host);
      return "ok";
    } catch (RuntimeException | AssertionError e) {
      return "failed: " + e;
    }
  }
}
