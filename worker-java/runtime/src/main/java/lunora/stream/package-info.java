/**
 * Streams: functions that give a client one value after another over its socket (protocol section
 * 10). May suspend, in tasks of their own. Uses {@code subscription} and {@code rpc}; used by
 * {@code shard}.
 */
@NullMarked
package lunora.stream;

import org.jspecify.annotations.NullMarked;
