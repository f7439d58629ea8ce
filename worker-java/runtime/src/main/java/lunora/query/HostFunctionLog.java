package lunora.query;

import lunora.api.FunctionLog;
import lunora.host.local.LogSink;
import lunora.trace.LogLine;
import org.jspecify.annotations.Nullable;

/** Log lines of one function, on the host's log. */
final class HostFunctionLog implements FunctionLog {

  private final String functionPath;
  private final LogSink sink;

  HostFunctionLog(String functionPath, LogSink sink) {
    this.functionPath = functionPath;
    this.sink = sink;
  }

  @Override
  public void info(String message) {
    write(LogSink.Level.INFO, message, null);
  }

  @Override
  public void warn(String message) {
    write(LogSink.Level.WARN, message, null);
  }

  @Override
  public void error(String message, @Nullable Throwable cause) {
    write(LogSink.Level.ERROR, message, cause);
  }

  private void write(LogSink.Level level, String message, @Nullable Throwable cause) {
    LogLine line = LogLine.of("log").with("function", functionPath).with("message", message);
    line.write(sink, level, cause);
  }
}
