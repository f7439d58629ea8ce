package lunora.trace;

import lunora.host.local.LogSink;
import lunora.wire.JsonSink;
import lunora.wire.JsonWriter;
import org.jspecify.annotations.Nullable;

/** One line of the log: a JSON object of text and numbers. What is null is left out. */
public final class LogLine {

  private final JsonSink sink = new JsonWriter();

  private LogLine(String type) {
    sink.raw("{\"type\":").string(type);
  }

  /** A line of a type, such as {@code request} or {@code call}. */
  public static LogLine of(String type) {
    return new LogLine(type);
  }

  /** Adds a text. */
  public LogLine with(String name, @Nullable String value) {
    if (value != null) {
      sink.raw(",").string(name).raw(":").string(value);
    }
    return this;
  }

  /** Adds a number. */
  public LogLine with(String name, long value) {
    sink.raw(",").string(name).raw(":").number(value);
    return this;
  }

  /** Writes the line. */
  public void write(LogSink log, LogSink.Level level) {
    write(log, level, null);
  }

  /** Writes the line with an error below it. */
  public void write(LogSink log, LogSink.Level level, @Nullable Throwable error) {
    log.log(level, sink.raw("}").finish().toString(), error);
  }
}
