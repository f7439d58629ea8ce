/** Readings against a plain list, pages, and what is recorded. */
@NullMarked
package lunora.query;

import org.jspecify.annotations.NullMarked;
