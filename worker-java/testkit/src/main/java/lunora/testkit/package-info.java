/**
 * Strict fakes of every host interface, with SQLite over JDBC: they refuse what Cloudflare refuses.
 * Uses {@code wire}, {@code error} and {@code host}; used by tests on the JVM only.
 */
@NullMarked
package lunora.testkit;

import org.jspecify.annotations.NullMarked;
