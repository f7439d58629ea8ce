/** The chat's functions as an app author tests them. */
@NullMarked
package lunora.example;

import org.jspecify.annotations.NullMarked;
