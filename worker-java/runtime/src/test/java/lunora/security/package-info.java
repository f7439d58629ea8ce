/** The rules of the HTTP edge, as tables of requests. */
@NullMarked
package lunora.security;

import org.jspecify.annotations.NullMarked;
