/**
 * Reads annotated elements into models and reports, at the exact element, whatever is wrong with
 * them. A reader answers empty when there is no model to be had; it never throws. Uses {@code
 * model}; used by {@code step}.
 */
@NullMarked
package lunora.processor.check;

import org.jspecify.annotations.NullMarked;
