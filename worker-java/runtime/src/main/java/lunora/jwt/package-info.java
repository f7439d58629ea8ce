/**
 * JSON Web Tokens of an identity provider, verified: a ready {@link lunora.edge.Authenticator}.
 * Uses {@code edge}, {@code security} and the host; used by an app's {@code Main}.
 */
@NullMarked
package lunora.jwt;

import org.jspecify.annotations.NullMarked;
