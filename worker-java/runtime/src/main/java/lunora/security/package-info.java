/**
 * The secure-by-default edge of HTTP (protocol section 14.5): headers, CORS, origins, tokens.
 * Decides from a request alone, before anybody knows who sent it. Uses {@code host.edge}, {@code
 * host.inbound} and {@code rpc}; used by {@code edge}.
 */
@NullMarked
package lunora.security;

import org.jspecify.annotations.NullMarked;
