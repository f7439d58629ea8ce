/**
 * What the processor found, as plain data: apps, documents, functions and the types they use. Uses
 * nothing of the processor; used by {@code check}, {@code write} and {@code step}.
 */
@NullMarked
package lunora.processor.model;

import org.jspecify.annotations.NullMarked;
