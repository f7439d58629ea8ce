/**
 * The Workers platform for a Java author: one class a product, plain Java types in and out, and
 * blocking calls where JavaScript promises. Whatever JavaScript throws arrives as {@link
 * lunora.bridge.value.JsException}. Uses {@code raw} and {@code value}; used by {@code host}, by
 * {@code entry} and by apps.
 */
@NullMarked
package lunora.bridge.workers;

import org.jspecify.annotations.NullMarked;
