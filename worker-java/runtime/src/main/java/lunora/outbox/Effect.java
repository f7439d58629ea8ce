package lunora.outbox;

import lunora.wire.JsonText;

/**
 * Something to be done outside of the shard once its mutation is committed.
 *
 * @param id by which the destination knows an effect that it has seen: deliveries are at least once
 * @param payload what is to be done, in the words of its kind
 */
public record Effect(String id, JsonText payload) {}
