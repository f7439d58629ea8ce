/** Tests of the engine on the JVM, over real SQLite and strict fakes. */
@NullMarked
package lunora;

import org.jspecify.annotations.NullMarked;
