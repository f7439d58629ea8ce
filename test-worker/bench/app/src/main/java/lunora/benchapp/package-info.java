/**
 * The example with what its benchmarks need beyond it: ranges, conditions, windows, counters of
 * what the engine does, and its inner loops. Uses the public API, except {@link
 * lunora.benchapp.MicroFunctions} and {@link lunora.benchapp.Main}. Used by {@code npm run bench}.
 */
@NullMarked
package lunora.benchapp;

import org.jspecify.annotations.NullMarked;
