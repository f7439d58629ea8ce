/**
 * One JSON line for each request and each call, and the W3C trace that ties them together. What is
 * not logged costs nothing. Uses {@code wire} and {@code host}; used by {@code edge} and {@code
 * shard}.
 */
@NullMarked
package lunora.trace;

import org.jspecify.annotations.NullMarked;
