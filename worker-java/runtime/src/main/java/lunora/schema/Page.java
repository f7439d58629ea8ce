package lunora.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a longer reading: {@code {page, isDone, continueCursor}} on the wire.
 *
 * @param page the items, in order
 * @param isDone whether nothing follows
 * @param continueCursor opaque text that continues after this page, null when nothing follows
 */
public record Page<T>(List<T> page, boolean isDone, @Nullable String continueCursor) {}
