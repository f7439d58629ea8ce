/**
 * A Worker that calls every method of {@code lunora.bridge.workers} from Java and answers with what
 * came of it as JSON: one class of routes for each product.
 */
@NullMarked
package lunora.bindings;

import org.jspecify.annotations.NullMarked;
