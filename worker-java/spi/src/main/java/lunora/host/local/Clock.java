package lunora.host.local;

/** The wall clock of the host. Cloudflare freezes it between I/O. */
public interface Clock {

  /** Milliseconds since the Unix epoch. */
  long nowMs();
}
