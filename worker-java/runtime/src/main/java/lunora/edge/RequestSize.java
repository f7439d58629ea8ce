package lunora.edge;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.rpc.RpcEnvelope;

/** Refuses a body by what the request says of it, before anybody reads it. */
final class RequestSize {

  private RequestSize() {}

  /**
   * Refuses a POST or PUT that announces too much. A reader counts what really comes.
   *
   * @throws LunoraException {@code PAYLOAD_TOO_LARGE}
   */
  static void check(HttpRequest request) {
    if (!request.method().equals("POST") && !request.method().equals("PUT")) {
      return;
    }
    String announced = request.header("content-length");
    if (announced != null && number(announced) > RpcEnvelope.BODY_BYTES_MAX) {
      throw new LunoraException(ErrorCode.PAYLOAD_TOO_LARGE, "Body too large");
    }
  }

  /** The number, or 0 for text that is none. */
  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
