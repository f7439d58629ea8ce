/**
 * Puts the engine together, by hand and by constructor: the one place that knows all of it. Uses
 * everything; used by an app's {@code Main}.
 */
@NullMarked
package lunora.boot;

import org.jspecify.annotations.NullMarked;
