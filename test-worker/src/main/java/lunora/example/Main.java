package lunora.example;

import lunora.bridge.entry.ShardEntry;
import lunora.bridge.entry.WorkerEntry;

/** A placeholder that calls each host service once, until the chat replaces it. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    WorkerEntry.install(new ProbeWorker());
    ShardEntry.install(ProbeShard::new);
  }
}
