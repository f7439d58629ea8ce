package lunora.bridge.workers;

/**
 * Where a Durable Object must run and store. Part of its id.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/reference/data-location/#restrict-durable-objects-to-a-jurisdiction">Jurisdictions</a>
 */
public enum Jurisdiction {
  EU("eu"),
  US("us"),
  FEDRAMP("fedramp"),
  FEDRAMP_HIGH("fedramp-high");

  private final String code;

  Jurisdiction(String code) {
    this.code = code;
  }

  /** As the platform spells it. */
  public String code() {
    return code;
  }
}
