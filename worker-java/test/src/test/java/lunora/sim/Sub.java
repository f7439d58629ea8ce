package lunora.sim;

import lunora.testkit.ClientView;

/** A subscription as its client knows it: it outlives the socket. */
final class Sub {

  final String id;
  final Watch watch;

  /** Two subscriptions of one key watch the same. */
  final String key;

  final ClientView view = new ClientView();

  /** An ack came: the next frame is the first of the subscription. */
  boolean acked;

  /** The subscription has its first frame over the client's present socket. */
  boolean seeded;

  /** Commits up to here are known to be shown or not to concern it. */
  long checkedUpTo;

  Sub(String id, Watch watch) {
    this.id = id;
    this.watch = watch;
    this.key = watch.toString();
  }
}
