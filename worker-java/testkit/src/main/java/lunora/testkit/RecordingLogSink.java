package lunora.testkit;

import java.util.ArrayList;
import java.util.List;
import lunora.host.local.LogSink;
import org.jspecify.annotations.Nullable;

/** Keeps log lines for a test to look at. */
public final class RecordingLogSink implements LogSink {

  /** One line as it was logged. */
  public record Line(Level level, String text, @Nullable Throwable error) {}

  private final List<Line> lines = new ArrayList<>();

  @Override
  public void log(Level level, String line, @Nullable Throwable error) {
    lines.add(new Line(level, line, error));
  }

  /** All lines since the last {@link #clear}, in order. */
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /** The lines of one level. */
  public List<Line> lines(Level level) {
    return lines.stream().filter(line -> line.level() == level).toList();
  }

  /** Forgets the lines so far. */
  public void clear() {
    lines.clear();
  }
}
