package lunora.testkit;

import lunora.host.inbound.HttpResponse;

/** A shard's answer as the Worker gets it: it can be passed on, and only a test looks inside. */
public record FakeForeign(HttpResponse inner) implements HttpResponse.Foreign {

  @Override
  public int status() {
    return inner.status();
  }
}
