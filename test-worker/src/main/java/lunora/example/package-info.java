/** The example app. Uses the public API only. */
@NullMarked
package lunora.example;

import org.jspecify.annotations.NullMarked;
