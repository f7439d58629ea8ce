/**
 * The options and callbacks of {@code createWorker}, as Java sees them: JavaScript that may answer
 * at once or promise, throw or reject, all the same. Uses {@code host} and {@code value}; used by
 * {@code entry}.
 */
@NullMarked
package lunora.bridge.edge;

import org.jspecify.annotations.NullMarked;
