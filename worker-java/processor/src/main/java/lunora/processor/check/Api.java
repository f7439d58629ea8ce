package lunora.processor.check;

/**
 * The names of the annotations. The processor does not depend on the runtime that declares them.
 */
public final class Api {

  public static final String APP = "lunora.api.App";
  public static final String DOCUMENT = "lunora.api.Document";
  public static final String INDEX = "lunora.api.Index";
  public static final String INDEXES = "lunora.api.Indexes";
  public static final String FUNCTIONS = "lunora.api.Functions";
  public static final String INTERNAL = "lunora.api.Internal";
  public static final String LENGTH = "lunora.api.Length";
  public static final String RANGE = "lunora.api.Range";
  public static final String DEFAULT = "lunora.api.Default";

  public static final String CRON = "lunora.api.Cron";
  public static final String QUEUE_CONSUMER = "lunora.api.QueueConsumer";

  /** JSpecify's; other annotations of that name are refused. */
  public static final String NULLABLE = "org.jspecify.annotations.Nullable";

  private Api() {}
}
