package lunora.host.remote;

/** The deployment's own Worker, as its objects reach it: by no network and under no public name. */
@FunctionalInterface
public interface OwnWorker {

  /**
   * Posts JSON to a path of the Worker and reads the answer, whatever its status. May suspend.
   *
   * @throws lunora.error.LunoraException {@code MISCONFIGURED} where the platform gives no way
   */
  HttpReply post(String path, String body);
}
