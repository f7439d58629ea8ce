/**
 * Who calls: the caller of one event, and how the Worker tells a shard about them. Uses {@code
 * api}; used by {@code query}, {@code shard} and {@code edge}.
 */
@NullMarked
package lunora.auth;

import org.jspecify.annotations.NullMarked;
