package lunora.api;

import lunora.host.remote.HttpReply;

/** Outgoing HTTP for actions. Redirects are not followed. */
public interface HttpClient {

  /** Sends a GET and waits for the answer. May suspend. */
  HttpReply get(String url);
}
