package lunora.bridge.workers;

/**
 * Where a Durable Object should start, when nobody asked for it before. Only a hint.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/reference/data-location/#provide-a-location-hint">Location
 *     hints</a>
 */
public enum LocationHint {
  WESTERN_NORTH_AMERICA("wnam"),
  EASTERN_NORTH_AMERICA("enam"),
  SOUTH_AMERICA("sam"),
  WESTERN_EUROPE("weur"),
  EASTERN_EUROPE("eeur"),
  ASIA_PACIFIC("apac"),
  ASIA_PACIFIC_NORTHEAST("apac-ne"),
  ASIA_PACIFIC_SOUTHEAST("apac-se"),
  OCEANIA("oc"),
  AFRICA("afr"),
  MIDDLE_EAST("me");

  private final String code;

  LocationHint(String code) {
    this.code = code;
  }

  /** As the platform spells it. */
  public String code() {
    return code;
  }
}
