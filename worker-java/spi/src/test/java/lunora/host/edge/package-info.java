/** Tests of what an app adds to its Worker. */
@NullMarked
package lunora.host.edge;

import org.jspecify.annotations.NullMarked;
