/**
 * Files of an app, in R2: URLs that allow one upload or download, the route that honours them,
 * deletes after the commit, and the sweep of what nothing names. Uses {@code host.remote}, {@code
 * outbox} and {@code registry}; used by {@code shard}, {@code edge}, {@code admin} and {@code
 * boot}.
 */
@NullMarked
package lunora.storage;

import org.jspecify.annotations.NullMarked;
