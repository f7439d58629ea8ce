@NullMarked
package lunora.shard;

import org.jspecify.annotations.NullMarked;
