/** Runs the live queries over global tables: what a shard does about them that may take waiting. */
@NullMarked
package lunora.watch;

import org.jspecify.annotations.NullMarked;
