package lunora.bridge.workers;

/**
 * A frame that the platform answers by itself, without waking the object.
 *
 * @param request the whole text of the frame, at most 2,048 characters
 * @param response the whole text of the answer, at most 2,048 characters
 */
public record AutoResponse(String request, String response) {}
