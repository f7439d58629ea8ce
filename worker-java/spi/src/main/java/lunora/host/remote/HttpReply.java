package lunora.host.remote;

import java.util.Map;

/**
 * The answer to an outgoing request.
 *
 * @param status the HTTP status
 * @param headers by lower-case name
 * @param body as UTF-8 text
 */
public record HttpReply(int status, Map<String, String> headers, String body) {}
