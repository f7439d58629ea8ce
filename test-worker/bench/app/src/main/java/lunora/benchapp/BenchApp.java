package lunora.benchapp;

import lunora.api.App;

/**
 * What the benchmarks add. {@code BenchAppModule} is generated from what this compilation declares.
 */
@App
public final class BenchApp {

  private BenchApp() {}
}
