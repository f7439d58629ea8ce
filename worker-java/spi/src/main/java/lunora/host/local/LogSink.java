package lunora.host.local;

import org.jspecify.annotations.Nullable;

/** Where log lines go: the Worker's console. */
public interface LogSink {

  /** Level of a line. */
  enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /** Writes one line, with class, message and stack of the error when there is one. */
  void log(Level level, String line, @Nullable Throwable error);
}
