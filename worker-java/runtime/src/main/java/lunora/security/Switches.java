package lunora.security;

import java.util.Locale;
import java.util.Set;
import lunora.host.remote.WorkerHost;

/** Variables of a deployment that turn something on or off. */
public final class Switches {

  private static final Set<String> OFF = Set.of("off", "false", "0", "no", "disabled");
  private static final Set<String> ON = Set.of("on", "true", "1", "yes", "enabled");

  private Switches() {}

  /** Whether the variable says off, in one of the usual words. */
  public static boolean isOff(WorkerHost host, String name) {
    return is(host, name, OFF);
  }

  /** Whether the variable says on, in one of the usual words. */
  public static boolean isOn(WorkerHost host, String name) {
    return is(host, name, ON);
  }

  private static boolean is(WorkerHost host, String name, Set<String> words) {
    String value = host.variable(name);
    return value != null && words.contains(value.strip().toLowerCase(Locale.ROOT));
  }
}
