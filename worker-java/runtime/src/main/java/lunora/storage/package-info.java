/**
 * Files of an app, in R2: URLs that allow one upload or download, the route that honours them, and
 * deletes after the commit. Uses {@code host.remote} and {@code outbox}; used by {@code shard},
 * {@code edge} and {@code boot}.
 */
@NullMarked
package lunora.storage;

import org.jspecify.annotations.NullMarked;
