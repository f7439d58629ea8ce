/** Tests of the storage. */
@NullMarked
package lunora.storage;

import org.jspecify.annotations.NullMarked;
