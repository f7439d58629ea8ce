package lunora.api;

import lunora.wire.Value;

/**
 * Who is calling, as the Worker established it.
 *
 * @param userId the user, never empty
 * @param claims everything else that is known of them
 */
public record Identity(String userId, Value.Obj claims) {}
