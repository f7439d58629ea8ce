package lunora.bridge.edge;

import lunora.bridge.host.CfWorkerHost;
import lunora.host.edge.CronTask;
import lunora.host.inbound.CronEvent;
import lunora.host.remote.WorkerHost;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/** A handler of {@code crons} or {@code cronJobs}, called as {@code (controller, env, context)}. */
final class JsCron implements CronTask {

  private final String name;
  private final JsHook hook;

  private JsCron(String name, JsHook hook) {
    this.name = name;
    this.hook = hook;
  }

  /**
   * A handler as it is given.
   *
   * @param option which of the options gives it
   * @param place among those of its expression there
   * @param what names it for whoever has to correct it
   */
  static JsCron of(JSObject given, String option, int place, String what) {
    JSString own = name(given);
    String named = own == null ? String.valueOf(place) : own.stringValue();
    return new JsCron(option + ":" + named, JsHook.of(given, "run", what));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void run(CronEvent event, WorkerHost worker) {
    CfWorkerHost cf = (CfWorkerHost) worker;
    JSObject controller = cf.controller();
    if (controller == null) {
      controller = controller(event.cron(), event.scheduledMs());
    }
    hook.call(controller, cf.env(), cf.context());
  }

  /** That of a job, whose own name outlives a change of its place. */
  @JSBody(
      params = "given",
      script =
          "return typeof given === 'object' && typeof given.name === 'string' && given.name"
              + " ? given.name : null;")
  private static native @Nullable JSString name(JSObject given);

  /** As the platform's, for a task that the scheduler has run again. */
  @JSBody(
      params = {"cron", "scheduledTime"},
      script =
          "return { type: 'scheduled', cron: cron, scheduledTime: scheduledTime,"
              + " noRetry: function () {} };")
  private static native JSObject controller(String cron, double scheduledTime);
}
