/**
 * How the host calls the engine: the Worker's events and a shard's events, with the request and
 * response they carry.
 */
@NullMarked
package lunora.host.inbound;

import org.jspecify.annotations.NullMarked;
