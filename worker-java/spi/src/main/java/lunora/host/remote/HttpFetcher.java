package lunora.host.remote;

/** Outgoing HTTP. */
public interface HttpFetcher {

  /** Sends a GET, follows no redirect, and reads the answer. May suspend. */
  HttpReply get(String url);
}
