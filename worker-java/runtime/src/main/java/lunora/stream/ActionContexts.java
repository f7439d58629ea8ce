package lunora.stream;

import lunora.api.ActionContext;
import lunora.auth.Caller;

/** Makes the part of a stream's context that is an action's. */
@FunctionalInterface
public interface ActionContexts {

  /**
   * A context for one stream.
   *
   * @param origin scheme, host and port under which the Worker was called
   */
  ActionContext of(Caller caller, String functionPath, String origin);
}
