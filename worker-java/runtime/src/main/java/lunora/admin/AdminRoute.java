package lunora.admin;

import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.WorkerHost;

/** Answers one path of the admin plane, for somebody who may ask. */
@FunctionalInterface
public interface AdminRoute {

  /**
   * Answers. May suspend.
   *
   * @throws lunora.error.LunoraException what the operator gets as an error
   */
  HttpResponse answer(HttpRequest request, WorkerHost host);
}
