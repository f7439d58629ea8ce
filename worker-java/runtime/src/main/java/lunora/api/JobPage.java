package lunora.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the jobs.
 *
 * @param cursor for the next page; null when there is none
 */
public record JobPage(List<Job> jobs, @Nullable String cursor) {}
