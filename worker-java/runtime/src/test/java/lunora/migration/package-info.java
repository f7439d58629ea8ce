/** Migrations of rows, over real SQLite, with crashes. */
@NullMarked
package lunora.migration;

import org.jspecify.annotations.NullMarked;
