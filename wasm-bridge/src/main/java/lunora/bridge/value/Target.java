package lunora.bridge.value;

import org.teavm.interop.PlatformMarker;

/**
 * What the app is compiled to. The compiler knows the answers and leaves out what depends on the
 * other.
 */
public final class Target {

  private Target() {}

  /**
   * JavaScript, where a script can call a Java method directly. A callback costs several
   * microseconds there (docs/adr/0040-scripts-call-java.md).
   */
  @PlatformMarker("javascript")
  public static boolean isJavaScript() {
    return false;
  }
}
