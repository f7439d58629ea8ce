/**
 * Changes of the rows that are stored already: what a shard does with an app's migrations, batch by
 * batch. Nothing here suspends, apart from the report to the registry.
 */
@NullMarked
package lunora.migration;

import org.jspecify.annotations.NullMarked;
