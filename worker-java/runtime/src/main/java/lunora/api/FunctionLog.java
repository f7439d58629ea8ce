package lunora.api;

import org.jspecify.annotations.Nullable;

/** Writes lines to the Worker's log, with the function they come from. Never log secrets. */
public interface FunctionLog {

  void info(String message);

  void warn(String message);

  void error(String message, @Nullable Throwable cause);
}
