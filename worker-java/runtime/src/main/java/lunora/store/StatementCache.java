package lunora.store;

import java.util.HashMap;
import java.util.Map;
import lunora.schema.Index;
import org.jspecify.annotations.Nullable;

/**
 * Texts of statements that differ only in their parameters, by the index they read along and a
 * number for their shape. An app has few shapes; rendering one costs more than running it.
 */
public final class StatementCache {

  private final Map<@Nullable Index<?>, Map<Integer, String>> byIndex = new HashMap<>();

  public @Nullable String find(@Nullable Index<?> index, int shape) {
    Map<Integer, String> texts = byIndex.get(index);
    return texts == null ? null : texts.get(shape);
  }

  public void put(@Nullable Index<?> index, int shape, String text) {
    byIndex.computeIfAbsent(index, i -> new HashMap<>()).put(shape, text);
  }
}
