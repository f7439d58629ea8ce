package lunora.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lunora.host.remote.HttpFetcher;
import lunora.host.remote.HttpReply;

/** An internet in which only the URLs that a test names answer. */
public final class FakeFetcher implements HttpFetcher {

  private final Map<String, Integer> answers = new HashMap<>();
  private final List<String> requested = new ArrayList<>();

  /** Lets the URL answer with the status from now on. */
  public FakeFetcher answer(String url, int status) {
    answers.put(url, status);
    return this;
  }

  /** The URLs asked for, in order. */
  public List<String> requested() {
    return List.copyOf(requested);
  }

  /**
   * An empty answer with the status set by {@link #answer}.
   *
   * @throws IllegalStateException when none was set: the host of the URL is unreachable
   */
  @Override
  public HttpReply get(String url) {
    requested.add(url);
    Integer status = answers.get(url);
    if (status == null) {
      throw new IllegalStateException("network connection lost: " + url);
    }
    return new HttpReply(status, Map.of(), "");
  }
}
