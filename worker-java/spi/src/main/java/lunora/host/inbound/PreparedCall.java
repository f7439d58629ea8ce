package lunora.host.inbound;

/** A call of one shard that takes no waiting: a query or a mutation. */
public interface PreparedCall {

  /**
   * Whether it may write. The platform commits once for all that one turn of the event loop writes:
   * such calls cost least when several are answered in one turn.
   */
  boolean writes();

  /** Runs it from its first to its last line; once only. Never throws, never suspends. */
  HttpResponse answer();
}
