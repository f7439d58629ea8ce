package lunora.bridge.host;

import lunora.bridge.value.JsErrors;
import lunora.host.local.LogSink;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;

/**
 * The console, where {@code wrangler} and Workers Logs pick lines up. An error is written below its
 * line with class, message, stack and causes; both tools map the frames to Java with the source map
 * of the upload.
 *
 * @see <a href="https://developers.cloudflare.com/workers/observability/logs/">Logs</a>
 */
public final class CfLogSink implements LogSink {

  @Override
  public void log(Level level, String line, @Nullable Throwable error) {
    String text = error == null ? line : line + "\n" + JsErrors.trace(error);
    switch (level) {
      case DEBUG -> debug(text);
      case INFO -> info(text);
      case WARN -> warn(text);
      case ERROR -> error(text);
    }
  }

  @JSBody(params = "text", script = "console.debug(text);")
  private static native void debug(String text);

  @JSBody(params = "text", script = "console.log(text);")
  private static native void info(String text);

  @JSBody(params = "text", script = "console.warn(text);")
  private static native void warn(String text);

  @JSBody(params = "text", script = "console.error(text);")
  private static native void error(String text);
}
