package lunora.subscription;

import java.util.List;
import lunora.schema.SqlOrder;
import org.jspecify.annotations.Nullable;

/**
 * Closed intervals of index keys, to be asked which of them contain a key. A treap by lower end in
 * which every node knows the greatest upper end below it: adding, removing and asking take O(log n)
 * steps, and asking one more for each interval found.
 *
 * @param <E> what an interval stands for
 */
final class IntervalIndex<E> {

  /** The upper end of an interval that has none; the least key, null, serves as the lower one. */
  static final Object TOP = new Object();

  /** One interval, as long as it is in the index. */
  static final class Entry<E> {

    private final @Nullable Object low;
    private final Object high;
    private final E value;
    private final long number;
    private final int priority;
    private Object highBelow;
    private @Nullable Entry<E> left;
    private @Nullable Entry<E> right;

    private Entry(@Nullable Object low, Object high, E value, long number, int priority) {
      this.low = low;
      this.high = high;
      this.value = value;
      this.number = number;
      this.priority = priority;
      this.highBelow = high;
    }

    private void update() {
      highBelow = high;
      if (left != null && above(left.highBelow, highBelow)) {
        highBelow = left.highBelow;
      }
      if (right != null && above(right.highBelow, highBelow)) {
        highBelow = right.highBelow;
      }
    }

    private boolean before(Entry<E> other) {
      int order = SqlOrder.INSTANCE.compare(low, other.low);
      return order < 0 || (order == 0 && number < other.number);
    }
  }

  private @Nullable Entry<E> root;
  private long lastNumber;
  // Any sequence that looks random balances the tree; this one needs no host.
  private int random = 0x9E3779B9;

  boolean isEmpty() {
    return root == null;
  }

  /**
   * Adds an interval, both ends included.
   *
   * @param low null for none
   * @param high {@link #TOP} for none
   */
  Entry<E> add(@Nullable Object low, Object high, E value) {
    random ^= random << 13;
    random ^= random >>> 17;
    random ^= random << 5;
    lastNumber++;
    Entry<E> entry = new Entry<>(low, high, value, lastNumber, random);
    root = insert(root, entry);
    return entry;
  }

  private static <E> Entry<E> insert(@Nullable Entry<E> tree, Entry<E> entry) {
    if (tree == null) {
      return entry;
    }
    if (entry.before(tree)) {
      tree.left = insert(tree.left, entry);
      return tree.left.priority > tree.priority ? rotateRight(tree, tree.left) : updated(tree);
    }
    tree.right = insert(tree.right, entry);
    return tree.right.priority > tree.priority ? rotateLeft(tree, tree.right) : updated(tree);
  }

  private static <E> Entry<E> updated(Entry<E> tree) {
    tree.update();
    return tree;
  }

  private static <E> Entry<E> rotateRight(Entry<E> tree, Entry<E> left) {
    tree.left = left.right;
    left.right = updated(tree);
    return updated(left);
  }

  private static <E> Entry<E> rotateLeft(Entry<E> tree, Entry<E> right) {
    tree.right = right.left;
    right.left = updated(tree);
    return updated(right);
  }

  /** Takes an interval out that {@link #add} put in. */
  void remove(Entry<E> entry) {
    root = remove(root, entry);
  }

  private static <E> @Nullable Entry<E> remove(@Nullable Entry<E> tree, Entry<E> entry) {
    if (tree == null) {
      return null;
    }
    if (tree == entry) {
      return join(tree.left, tree.right);
    }
    if (entry.before(tree)) {
      tree.left = remove(tree.left, entry);
    } else {
      tree.right = remove(tree.right, entry);
    }
    return updated(tree);
  }

  private static <E> @Nullable Entry<E> join(@Nullable Entry<E> left, @Nullable Entry<E> right) {
    if (left == null) {
      return right;
    }
    if (right == null) {
      return left;
    }
    if (left.priority > right.priority) {
      left.right = join(left.right, right);
      return updated(left);
    }
    right.left = join(left, right.left);
    return updated(right);
  }

  /** Adds what stands for each interval that contains the key. */
  void containing(@Nullable Object key, List<E> into) {
    containing(root, key, into);
  }

  private static <E> void containing(@Nullable Entry<E> tree, @Nullable Object key, List<E> into) {
    if (tree == null || above(key, tree.highBelow)) {
      return;
    }
    containing(tree.left, key, into);
    if (SqlOrder.INSTANCE.compare(tree.low, key) <= 0) {
      if (!above(key, tree.high)) {
        into.add(tree.value);
      }
      containing(tree.right, key, into);
    }
  }

  private static boolean above(@Nullable Object a, Object b) {
    if (b == TOP) {
      return false;
    }
    return a == TOP || SqlOrder.INSTANCE.compare(a, b) > 0;
  }
}
