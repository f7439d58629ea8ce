/**
 * Turns models into source files over the public builder: code a person could have written, in the
 * form of google-java-format. Uses {@code model}; used by {@code step}.
 */
@NullMarked
package lunora.processor.write;

import org.jspecify.annotations.NullMarked;
