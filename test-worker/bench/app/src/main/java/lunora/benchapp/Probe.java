package lunora.benchapp;

import lunora.api.Functions;
import lunora.api.Query;
import lunora.api.QueryContext;

/**
 * What happened in this isolate: the benchmark checks with it that it measured what it meant to.
 */
@Functions("probe")
public final class Probe {

  /** How often {@code offers:cheapest} ran. */
  static int runs;

  /** How often a shard was constructed: at its start and after each hibernation. */
  static int wakes;

  private Probe() {}

  @Query
  static int runs(QueryContext ctx) {
    return runs;
  }

  @Query
  static int wakes(QueryContext ctx) {
    return wakes;
  }
}
