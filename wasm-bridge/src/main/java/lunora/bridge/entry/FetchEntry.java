package lunora.bridge.entry;

import lunora.bridge.raw.JsEnv;
import lunora.bridge.raw.JsExecutionContext;
import lunora.bridge.raw.JsIncomingEmail;
import lunora.bridge.raw.JsMessageBatch;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.raw.JsRequest;
import lunora.bridge.raw.JsScheduledController;
import lunora.bridge.raw.JsWorkflowEvent;
import lunora.bridge.raw.JsWorkflowStep;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsErrors;
import lunora.bridge.workers.EmailHandler;
import lunora.bridge.workers.Env;
import lunora.bridge.workers.ExecutionContext;
import lunora.bridge.workers.FetchHandler;
import lunora.bridge.workers.IncomingEmail;
import lunora.bridge.workers.MessageBatch;
import lunora.bridge.workers.Pending;
import lunora.bridge.workers.QueueHandler;
import lunora.bridge.workers.ScheduledController;
import lunora.bridge.workers.ScheduledHandler;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkflowRun;
import lunora.bridge.workers.WorkflowStep;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;

/** The events of a Worker without the engine, as its shim calls them. */
public final class FetchEntry {

  private static @Nullable FetchHandler handler;
  private static @Nullable ScheduledHandler scheduledHandler;
  private static @Nullable QueueHandler queueHandler;
  private static @Nullable EmailHandler emailHandler;
  private static @Nullable WorkflowRun workflow;

  private FetchEntry() {}

  /** Registers the app. Called once, from {@code main}. */
  public static void install(FetchHandler installed) {
    JsErrors.recordWholeStacks();
    handler = installed;
  }

  /** Registers what cron triggers run. Called from {@code main}. */
  public static void onScheduled(ScheduledHandler installed) {
    scheduledHandler = installed;
  }

  /** Registers the consumer of the deployment's queues. Called from {@code main}. */
  public static void onQueue(QueueHandler installed) {
    queueHandler = installed;
  }

  /** Registers what is done with e-mail. Called from {@code main}. */
  public static void onEmail(EmailHandler installed) {
    emailHandler = installed;
  }

  /** Registers the deployment's workflow. Called from {@code main}. */
  public static void onWorkflow(WorkflowRun installed) {
    workflow = installed;
  }

  /** A promise of nothing; it rejects with what the handler throws. */
  @JSExport
  public static JsPromise email(JsIncomingEmail js, JsEnv env, JsExecutionContext context) {
    EmailHandler installed = emailHandler;
    if (installed == null) {
      throw new IllegalStateException("main did not call FetchEntry.onEmail");
    }
    IncomingEmail email = new IncomingEmail(js);
    return Pending.start(() -> installed.email(email, new Env(env), new ExecutionContext(context)))
        .raw();
  }

  /** A promise of what the run comes to; it rejects with what the run throws. */
  @JSExport
  public static JsPromise workflow(JsWorkflowEvent event, JsWorkflowStep step, JsEnv env) {
    WorkflowRun installed = workflow;
    if (installed == null) {
      throw new IllegalStateException("main did not call FetchEntry.onWorkflow");
    }
    return WorkflowStep.run(installed, event, step, env);
  }

  /** A promise of nothing; it rejects with what the handler throws. */
  @JSExport
  public static JsPromise scheduled(
      JsScheduledController js, JsEnv env, JsExecutionContext context) {
    ScheduledHandler installed = scheduledHandler;
    if (installed == null) {
      throw new IllegalStateException("main did not call FetchEntry.onScheduled");
    }
    ScheduledController controller = new ScheduledController(js);
    return Pending.start(
            () -> installed.scheduled(controller, new Env(env), new ExecutionContext(context)))
        .raw();
  }

  /** A promise of nothing; it rejects with what the handler throws. */
  @JSExport
  public static JsPromise queue(JsMessageBatch js, JsEnv env, JsExecutionContext context) {
    QueueHandler installed = queueHandler;
    if (installed == null) {
      throw new IllegalStateException("main did not call FetchEntry.onQueue");
    }
    MessageBatch batch = new MessageBatch(js);
    return Pending.start(() -> installed.queue(batch, new Env(env), new ExecutionContext(context)))
        .raw();
  }

  /** A promise of the response; it rejects with what the handler throws. */
  @JSExport
  public static JsPromise fetch(JsRequest request, JsEnv env, JsExecutionContext context) {
    FetchHandler installed = handler;
    if (installed == null) {
      throw new IllegalStateException("main did not call FetchEntry.install");
    }
    return Js.async(
        () ->
            installed
                .fetch(new WorkersRequest(request), new Env(env), new ExecutionContext(context))
                .raw());
  }
}
