/** Tables as they are made, migrated and written. */
@NullMarked
package lunora.store;

import org.jspecify.annotations.NullMarked;
