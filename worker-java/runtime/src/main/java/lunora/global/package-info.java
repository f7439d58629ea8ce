/**
 * Functions over global tables: the tables of the D1 database that all shards share. They may
 * suspend, so they share with the shard's tables only what runs no statement.
 */
@NullMarked
package lunora.global;

import org.jspecify.annotations.NullMarked;
