package lunora.api;

/**
 * One try of a job, or one delivery of a queue's message.
 *
 * @param id the job's or message's; the same in every try
 * @param attempt which try it is, from 1
 */
public record JobRun(String id, int attempt) {}
