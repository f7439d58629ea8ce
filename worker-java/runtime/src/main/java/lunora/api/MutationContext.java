package lunora.api;

import java.util.Optional;
import lunora.schema.Table;

/**
 * The context of a mutation: one transaction, committed when the function returns and rolled back
 * whole when it throws. Never suspends.
 */
public interface MutationContext extends QueryContext {

  @Override
  <D> TableWriter<D> table(Table<D> table);

  /** The files of the app. */
  Storage storage();

  /** Has functions called later. */
  Scheduler scheduler();

  /** Sends messages to queues. */
  QueueSender queue();

  /** The job or queue message that this call is a try of; empty for any other call. */
  Optional<JobRun> job();
}
