package lunora.host.edge;

import org.jspecify.annotations.Nullable;

/**
 * Whose JSON Web Tokens name users, as a Worker's JavaScript author sets it.
 *
 * @param keysUrl where the issuer publishes its keys, null for nowhere
 * @param keys a key set as JSON, null for none
 * @param secretVariable the variable with the secret of HS256 tokens, null where there are none
 */
public record TokenOptions(
    String issuer,
    String audience,
    @Nullable String keysUrl,
    @Nullable String keys,
    @Nullable String secretVariable) {}
