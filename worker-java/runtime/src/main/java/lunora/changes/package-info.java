/**
 * How shards hear of writes to global tables: the writer's shard tells the table's board, the board
 * tells the shards where somebody watches (docs/adr/0031-live-global-tables.md).
 */
@NullMarked
package lunora.changes;

import org.jspecify.annotations.NullMarked;
