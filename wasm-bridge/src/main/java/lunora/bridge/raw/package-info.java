/**
 * The JavaScript objects of the Workers platform as they are: one type a file, no logic. Uses only
 * TeaVM's JSO; used by the rest of the bridge.
 */
@NullMarked
package lunora.bridge.raw;

import org.jspecify.annotations.NullMarked;
