package lunora.host.remote;

/** Outgoing HTTP. */
public interface HttpFetcher {

  /** The status of a GET without following redirects; the body is discarded. May suspend. */
  int status(String url);
}
