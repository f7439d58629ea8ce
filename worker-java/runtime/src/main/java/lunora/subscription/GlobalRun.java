package lunora.subscription;

import lunora.host.local.JsonTexts;
import lunora.query.ReadSet;
import lunora.schema.Codec;
import org.jspecify.annotations.Nullable;

/** One run of a query over global tables: what it gave and what it read. */
public final class GlobalRun {

  private final LiveRunner.Run run;

  private GlobalRun(LiveRunner.Run run) {
    this.run = run;
  }

  /** The run that gave this value. */
  public static <R extends @Nullable Object> GlobalRun of(
      R value, Codec<R> codec, JsonTexts texts, ReadSet reads) {
    return new GlobalRun(new LiveRunner.Run(LiveResult.of(value, codec, texts), reads));
  }

  /** What it read. */
  public ReadSet reads() {
    return run.reads();
  }

  LiveRunner.Run run() {
    return run;
  }
}
