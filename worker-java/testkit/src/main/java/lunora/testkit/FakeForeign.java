package lunora.testkit;

import java.util.Map;
import lunora.host.inbound.HttpResponse;
import org.jspecify.annotations.Nullable;

/** A shard's answer as the Worker gets it: it can be passed on, and only a test looks inside. */
public record FakeForeign(HttpResponse inner) implements HttpResponse.Foreign {

  @Override
  public int status() {
    return inner.status();
  }

  @Override
  public @Nullable String header(String name) {
    return headers().get(name);
  }

  @Override
  public FakeForeign with(Map<String, String> absent, Map<String, String> set) {
    if (inner instanceof Foreign) {
      throw new IllegalStateException("not to be touched: " + inner);
    }
    return new FakeForeign(inner.with(absent, set));
  }

  private Map<String, String> headers() {
    if (inner instanceof Json json) {
      return json.headers();
    }
    return inner instanceof Plain plain ? plain.headers() : Map.of();
  }
}
