/**
 * What the engine asks of its host, split by whether it may suspend: {@code local} never does,
 * {@code remote} may, {@code inbound} is how the host calls in. Uses {@code wire} and {@code
 * error}.
 */
@NullMarked
package lunora.host;

import org.jspecify.annotations.NullMarked;
