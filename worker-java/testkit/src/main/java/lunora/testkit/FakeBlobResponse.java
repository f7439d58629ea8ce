package lunora.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.host.inbound.HttpResponse;
import org.jspecify.annotations.Nullable;

/** A response with the bytes of an object, into which only a test looks. */
public record FakeBlobResponse(int status, Map<String, String> headers, byte[] body)
    implements HttpResponse.Foreign {

  @Override
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  @Override
  public FakeBlobResponse with(Map<String, String> absent, Map<String, String> set) {
    Map<String, String> all = new LinkedHashMap<>(absent);
    all.putAll(headers);
    all.putAll(set);
    return new FakeBlobResponse(status, all, body);
  }
}
