package lunora.bindings;

import lunora.bridge.host.CfBindings;
import lunora.bridge.host.CfBlobBucket;
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
      case "d1" -> D1Routes.answer(path[1], env);
      case "r2" -> R2Routes.answer(path[1], env);
      case "blob" -> BlobRoutes.answer(path[1], request, url, new CfBlobBucket(env.r2("BUCKET")));
      case "queue" -> QueueRoutes.answer(path[1], request, env);
      case "kv" -> KvRoutes.answer(path[1], env);
      case "service" -> ServiceRoutes.service(path[1], env);
      case "assets" -> ServiceRoutes.assets(path[1], env);
      case "small" -> SmallRoutes.answer(path[1], url, env);
      case "workflow" -> WorkflowRoutes.answer(path[1], url, env);
      case "vectors" -> ModelRoutes.vectors(path[1], env);
      case "ai" -> ModelRoutes.ai(path[1], env);
      case "email" -> EmailRoutes.answer(path[1], env);
      case "error" -> ErrorRoutes.answer(path[1], env);
      case "wire" -> WireRoutes.answer(path[1], request.text());
      case "socket" -> SocketRoutes.inWorker(path[1], env);
      case "texts" -> ContractRoutes.jsonTexts();
      case "contract" -> RemoteContracts.answer(path[1], new CfBindings(env.raw()));
      default -> WorkersResponse.text(404, "no route " + url.path());
    };
  }
}
