/**
 * Host services of one shard that never suspend: a query or mutation uses only these. Implemented
 * by {@code lunora.bridge.host} on Workers and by {@code lunora.testkit} on the JVM.
 */
@NullMarked
package lunora.host.local;

import org.jspecify.annotations.NullMarked;
