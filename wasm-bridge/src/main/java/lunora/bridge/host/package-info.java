/**
 * Cloudflare's implementation of {@code lunora.host}: one class for each host interface. Uses
 * {@code raw}, {@code value} and {@code workers}; used by {@code entry}.
 */
@NullMarked
package lunora.bridge.host;

import org.jspecify.annotations.NullMarked;
