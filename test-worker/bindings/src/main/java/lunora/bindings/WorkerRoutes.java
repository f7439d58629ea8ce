package lunora.bindings;

import lunora.bridge.workers.Env;
import lunora.bridge.workers.ExecutionContext;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkersResponse;
import lunora.bridge.workers.WorkersUrl;

/**
 * The first segment of a path names the product. {@code /object/<name>/...} goes to that object.
 */
final class WorkerRoutes {

  private WorkerRoutes() {}

  static WorkersResponse answer(WorkersRequest request, Env env, ExecutionContext context) {
    WorkersUrl url = request.parsedUrl();
    String[] path = url.path().substring(1).split("/");
    return switch (path[0]) {
      case "object" -> env.durableObjects("OBJECT").getByName(path[1]).fetch(request);
      case "fetch" -> FetchRoutes.answer(path[1], request, url, env);
      case "env" -> EnvRoutes.answer(path[1], env);
      case "context" -> ContextRoutes.answer(path[1], url, env, context);
      case "namespace" -> NamespaceRoutes.answer(path[1], url, env.durableObjects("OBJECT"));
      case "crypto" -> CryptoRoutes.answer(path[1], request);
      case "cache" -> CacheRoutes.answer(path[1], url);
      case "error" -> ErrorRoutes.answer(path[1], env);
      case "wire" -> WireRoutes.answer(path[1], request.text());
      case "socket" -> SocketRoutes.inWorker(path[1], env);
      case "texts" -> ContractRoutes.jsonTexts();
      case "contract" -> RemoteContracts.answer(path[1]);
      default -> WorkersResponse.text(404, "no route " + url.path());
    };
  }
}
