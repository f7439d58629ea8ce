package lunora.testkit;

import java.util.Map;
import lunora.host.inbound.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The 101 that carries an accepted socket back to its client. */
public record FakeUpgrade(FakeSocket socket) implements HttpResponse.Foreign {

  @Override
  public int status() {
    return 101;
  }

  @Override
  public @Nullable String header(String name) {
    return null;
  }

  @Override
  public FakeUpgrade with(Map<String, String> absent, Map<String, String> set) {
    throw new IllegalStateException("a 101 is not to be touched: its socket would be lost");
  }
}
