/**
 * One step per annotation: read, check, write. Uses {@code check} and {@code write}; used by {@link
 * lunora.processor.LunoraProcessor}.
 */
@NullMarked
package lunora.processor.step;

import org.jspecify.annotations.NullMarked;
