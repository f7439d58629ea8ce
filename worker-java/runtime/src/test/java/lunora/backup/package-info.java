/** Tests of backups and imports. */
@NullMarked
package lunora.backup;

import org.jspecify.annotations.NullMarked;
