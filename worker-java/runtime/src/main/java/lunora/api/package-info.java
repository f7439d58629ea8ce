/**
 * What an app author writes against: annotations, contexts, readings and writings of tables, and
 * the builder ({@link lunora.api.AppModule}) that is all the engine knows. Uses {@code schema};
 * used by the engine and by generated code.
 */
@NullMarked
package lunora.api;

import org.jspecify.annotations.NullMarked;
