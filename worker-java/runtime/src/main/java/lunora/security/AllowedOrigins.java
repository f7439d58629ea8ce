package lunora.security;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;

/** A list of origins, or all of them. */
final class AllowedOrigins {

  /** What stands for all. */
  static final String EVERYBODY = "*";

  private final Set<String> origins = new HashSet<>();
  private boolean everybody;

  private AllowedOrigins() {}

  /**
   * The list that an app gives.
   *
   * @throws LunoraException {@code MISCONFIGURED} for an entry that is no origin
   */
  static AllowedOrigins of(List<String> written) {
    AllowedOrigins allowed = new AllowedOrigins();
    for (String each : written) {
      if (!allowed.add(each)) {
        throw new LunoraException(
            ErrorCode.MISCONFIGURED,
            "'" + each + "' is no origin: write it like https://app.example, without a path");
      }
    }
    return allowed;
  }

  /** Adds the entries of a comma list; those that are no origins are left out. */
  AllowedOrigins withList(String commaList) {
    AllowedOrigins more = new AllowedOrigins();
    more.origins.addAll(origins);
    more.everybody = everybody;
    for (String each : commaList.split(",", -1)) {
      more.add(each);
    }
    return more;
  }

  private boolean add(String written) {
    if (written.strip().equals(EVERYBODY)) {
      everybody = true;
      return true;
    }
    Optional<Origin> origin = Origin.parse(written);
    if (origin.isPresent()) {
      origins.add(origin.get().text());
    }
    return origin.isPresent();
  }

  boolean isEmpty() {
    return !everybody && origins.isEmpty();
  }

  /** Whether the list has the star. */
  boolean isEverybody() {
    return everybody;
  }

  /** Whether a page of the origin is allowed, be it by the star. */
  boolean contains(String origin) {
    return everybody || origins.contains(origin);
  }

  /** Whether the origin itself is in the list: the star gives no trust. */
  boolean names(String origin) {
    return origins.contains(origin);
  }
}
