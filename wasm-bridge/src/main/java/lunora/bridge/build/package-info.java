/** What runs inside the TeaVM compiler. Uses the compiler; used by the app's Maven build only. */
@NullMarked
package lunora.bridge.build;

import org.jspecify.annotations.NullMarked;
