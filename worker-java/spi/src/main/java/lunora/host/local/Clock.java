package lunora.host.local;

/** The wall clock of the host. Cloudflare freezes it between I/O. */
public interface Clock {

  /** Milliseconds since the Unix epoch. */
  long nowMs();

  /**
   * The same as a double, for what is asked with every call: compiled to JavaScript a long is dear.
   */
  default double nowAsDouble() {
    return nowMs();
  }
}
