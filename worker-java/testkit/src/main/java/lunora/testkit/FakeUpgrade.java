package lunora.testkit;

import lunora.host.inbound.HttpResponse;

/** The 101 that carries an accepted socket back to its client. */
public record FakeUpgrade(FakeSocket socket) implements HttpResponse.Foreign {

  @Override
  public int status() {
    return 101;
  }
}
