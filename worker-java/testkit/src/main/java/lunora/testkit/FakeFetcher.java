package lunora.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lunora.host.remote.HttpFetcher;
import lunora.host.remote.HttpReply;

/** An internet in which only the URLs that a test names answer. */
public final class FakeFetcher implements HttpFetcher {

  private final Map<String, HttpReply> answers = new HashMap<>();
  private final List<String> requested = new ArrayList<>();

  /** Lets the URL answer with the status and nothing else from now on. */
  public FakeFetcher answer(String url, int status) {
    return answer(url, new HttpReply(status, Map.of(), ""));
  }

  /** Lets the URL answer so from now on. */
  public FakeFetcher answer(String url, HttpReply reply) {
    answers.put(url, reply);
    return this;
  }

  /** The URLs asked for, in order. */
  public List<String> requested() {
    return List.copyOf(requested);
  }

  /**
   * The answer set by {@link #answer}.
   *
   * @throws IllegalStateException when none was set: the host of the URL is unreachable
   */
  @Override
  public HttpReply get(String url) {
    requested.add(url);
    HttpReply reply = answers.get(url);
    if (reply == null) {
      throw new IllegalStateException("network connection lost: " + url);
    }
    return reply;
  }
}
