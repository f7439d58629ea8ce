/** What is affected, what is sent, and what outlives hibernation. */
@NullMarked
package lunora.subscription;

import org.jspecify.annotations.NullMarked;
