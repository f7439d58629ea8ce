package lunora.bindings;

import java.util.List;
import lunora.bridge.host.CfBindings;
import lunora.bridge.workers.WorkersResponse;
import lunora.testkit.contract.BlobBucketContract;
import lunora.testkit.contract.CryptoContract;
import lunora.testkit.contract.GlobalDatabaseContract;
import lunora.testkit.contract.MessageQueueContract;
import lunora.testkit.contract.RemoteCase;

/** The contract suites of what suspends, against Cloudflare's implementations. */
final class RemoteContracts {

  private RemoteContracts() {}

  static WorkersResponse answer(String action, CfBindings bindings) {
    return switch (action) {
      case "crypto" -> outcomes(CryptoContract.cases(), bindings.crypto());
      case "database" -> outcomes(GlobalDatabaseContract.cases(), bindings.database("DB"));
      case "bucket" -> outcomes(BlobBucketContract.cases(), bindings.bucket("BUCKET"));
      case "queue" -> outcomes(MessageQueueContract.cases(), bindings.queue("SINK"));
      case "missing" -> missing(bindings);
      default -> WorkersResponse.text(404, action);
    };
  }

  private static WorkersResponse missing(CfBindings bindings) {
    return new Answer()
        .put("shards", Refusal.of(bindings::shards))
        .put("database", Refusal.of(() -> bindings.database("NONE")))
        .put("bucket", Refusal.of(() -> bindings.bucket("NONE")))
        .put("queue", Refusal.of(() -> bindings.queue("NONE")))
        .put("variable", bindings.variable("NONE"))
        .put("greeting", bindings.variable("GREETING"))
        .ok();
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
