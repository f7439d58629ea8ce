/** The example chat: what an app on Lunora looks like. Only the public API is used. */
@NullMarked
package lunora.example;

import org.jspecify.annotations.NullMarked;
