package lunora.edge;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;

/** Calls that a foreign page's form may have sent, with the cookies of whoever looks at it. */
final class PageForm {

  private PageForm() {}

  /** A page's form can be made to send JSON, but not to say so; without cookies it is nobody's. */
  static boolean is(HttpRequest request) {
    String type = request.header("content-type");
    return type != null
        && (type.startsWith("application/x-www-form-urlencoded")
            || type.startsWith("multipart/form-data"))
        && request.header("cookie") != null;
  }

  static void refuse(HttpRequest request) {
    if (is(request)) {
      throw new LunoraException(ErrorCode.BAD_REQUEST.name(), 415, "send application/json");
    }
  }
}
