package lunora.bridge.workers;

/**
 * Which version of the Worker runs.
 *
 * @param id of the version
 * @param tag that the deployment gave it; may be empty
 * @param timestamp of its making, ISO 8601
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/bindings/version-metadata/">Version
 *     metadata</a>
 */
public record VersionMetadata(String id, String tag, String timestamp) {}
