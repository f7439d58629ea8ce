/**
 * What an operator can ask of one shard, and have done to it (protocol section 15.2). Nothing here
 * suspends; who may ask has been decided by the Worker.
 */
@NullMarked
package lunora.inspect;

import org.jspecify.annotations.NullMarked;
