package lunora.subscription;

import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * One row that differs between two results.
 *
 * @param op {@code insert}, {@code update} or {@code delete}
 * @param row the row as it is now; null for a delete
 */
record RowDelta(String id, String op, @Nullable JsonText row) {}
