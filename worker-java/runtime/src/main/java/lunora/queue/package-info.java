/**
 * Messages of Cloudflare Queues: sent after the commit of the mutation that asks for it, and taken
 * by functions of the app, once in effect. Uses {@code api}, {@code outbox} and {@code rpc}; used
 * by {@code shard}, {@code edge} and {@code boot}.
 */
@NullMarked
package lunora.queue;

import org.jspecify.annotations.NullMarked;
