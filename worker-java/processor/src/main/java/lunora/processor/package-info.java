/** The annotation processor. Runs in javac only and is never shipped. */
@NullMarked
package lunora.processor;

import org.jspecify.annotations.NullMarked;
