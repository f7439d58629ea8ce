/** Tests of the verification of tokens. */
@NullMarked
package lunora.jwt;

import org.jspecify.annotations.NullMarked;
