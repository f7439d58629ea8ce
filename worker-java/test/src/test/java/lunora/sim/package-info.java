/**
 * The fault simulator: seeded histories of clients, faults and crashes against the whole engine,
 * and the checker that decides whether what the clients saw was right. See docs/TESTING.md.
 */
@NullMarked
package lunora.sim;

import org.jspecify.annotations.NullMarked;
