package lunora.bridge.workers;

import lunora.bridge.raw.JsDurableObjectStorage;

/**
 * Point-in-time recovery: an object's storage as it was within the last 30 days. Bookmarks are
 * opaque texts whose order is that of time. Every method suspends.
 *
 * <p>Local workerd has none: see {@code docs/BINDINGS.md} for what it refuses.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/#pitr-point-in-time-recovery-api">PITR</a>
 */
public final class PointInTime {

  private final JsDurableObjectStorage js;

  PointInTime(JsDurableObjectStorage js) {
    this.js = js;
  }

  /** The state as it is now. */
  public String currentBookmark() {
    return Awaited.text(() -> js.getCurrentBookmark());
  }

  /** The state as it was at that time, in epoch milliseconds. */
  public String bookmarkAt(long epochMs) {
    return Awaited.text(() -> js.getBookmarkForTime((double) epochMs));
  }

  /**
   * Restores the state when the object next starts, so after {@link DurableObjectState#abort}.
   *
   * @return the bookmark that undoes the restore
   */
  public String restoreOnNextSession(String bookmark) {
    return Awaited.text(() -> js.onNextSessionRestoreBookmark(bookmark));
  }
}
