package lunora.bindings;

import lunora.bridge.entry.FetchEntry;
import lunora.bridge.entry.ObjectEntry;

/** Where Cloudflare starts the test Worker: once for each isolate. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    FetchEntry.install(WorkerRoutes::answer);
    FetchEntry.onQueue(QueueRoutes::consume);
    FetchEntry.onEmail(EmailRoutes::receive);
    FetchEntry.onWorkflow(WorkflowRoutes::run);
    FetchEntry.onScheduled(CronRoutes::tick);
    ObjectEntry.install(TestObject::new);
  }
}
