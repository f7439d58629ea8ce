/**
 * What the JavaScript shim calls: the Worker's events and a Durable Object's events, handed to the
 * app that registered itself. Uses {@code host}; used by the app's {@code main}.
 */
@NullMarked
package lunora.bridge.entry;

import org.jspecify.annotations.NullMarked;
