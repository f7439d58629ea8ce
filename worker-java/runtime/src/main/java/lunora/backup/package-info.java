/**
 * Backups and imports as the Worker does them (protocol sections 15.3 and 16): it asks each shard
 * for pages of a snapshot and streams them into a bucket or an answer, and hands lines to shards;
 * global tables it reads and writes itself. Uses {@code bulk}, {@code changes}, {@code registry}
 * and {@code admin}; {@code boot} puts it into the Worker.
 */
@NullMarked
package lunora.backup;

import org.jspecify.annotations.NullMarked;
