package lunora.host.remote;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of a batch with its parameters. */
public record GlobalStatement(String sql, List<@Nullable Object> params) {

  /** The statement with these parameters, which are those of {@link GlobalSession#query}. */
  public static GlobalStatement of(String sql, @Nullable Object... params) {
    return new GlobalStatement(sql, Collections.unmodifiableList(Arrays.asList(params.clone())));
  }
}
