package lunora.bridge.workers;

import lunora.wire.JsonText;

/**
 * A workflow in Java. The platform runs it from its first line after every interruption: what it
 * does outside of a {@link WorkflowStep} it does again.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workflows/build/workers-api/#workflowentrypoint">WorkflowEntrypoint</a>
 */
@FunctionalInterface
public interface WorkflowRun {

  /**
   * Runs. May suspend.
   *
   * @param parameters what {@link Workflows#create} was given
   * @return what the run comes to, any JSON value
   */
  JsonText run(String instanceId, JsonText parameters, WorkflowStep step, Env env);
}
