package lunora;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Predicate;
import lunora.schema.Table;
import org.jspecify.annotations.Nullable;

/** A table with every awkward kind of index key, and random rows and conditions over few values. */
@SuppressWarnings("NullAway") // on JDK 17 it does not see that a field's value is nullable
public final class Items {

  /** One of few values in each field, so that keys are often equal. */
  public record Item(
      String name, @Nullable Double rank, Optional<BigInteger> big, byte[] blob, String note) {}

  public static final Field<Item, String> NAME = Field.of("name", Codecs.STRING, Item::name);
  public static final Field<Item, @Nullable Double> RANK =
      Field.of("rank", Codecs.nullable(Codecs.DOUBLE), Item::rank);
  public static final Field<Item, Optional<BigInteger>> BIG =
      Field.of("big", Codecs.optional(Codecs.BIG_INTEGER), Item::big);
  public static final Field<Item, byte[]> BLOB = Field.of("blob", Codecs.BYTES, Item::blob);

  /** In no index: a condition on it runs in Java. */
  public static final Field<Item, String> NOTE = Field.of("note", Codecs.STRING, Item::note);

  public static final Index<Item> BY_NAME = Index.on("by_name", NAME);
  public static final Index<Item> BY_NAME_RANK = Index.on("by_name_rank", NAME, RANK);
  public static final Index<Item> BY_RANK = Index.on("by_rank", RANK);
  public static final Index<Item> BY_BIG_BLOB = Index.on("by_big_blob", BIG, BLOB);
  public static final List<Index<Item>> INDEXES =
      List.of(BY_NAME, BY_NAME_RANK, BY_RANK, BY_BIG_BLOB);

  public static final Table<Item> TABLE = table(INDEXES);

  private static final List<String> NAMES =
      List.of("", "a", "ab", "é", "\uE000", "\uD83D\uDE00", "\uD800");
  private static final List<Double> RANKS =
      List.of(Double.NaN, -0.0, 0.0, 1.0, 2.5, -3.0, 1e300, Double.NEGATIVE_INFINITY);
  private static final List<BigInteger> BIGS =
      List.of(
          BigInteger.TEN.negate(),
          BigInteger.valueOf(-9),
          BigInteger.ZERO,
          BigInteger.valueOf(9),
          BigInteger.TEN.pow(30));
  private static final List<byte[]> BLOBS =
      List.of(new byte[0], new byte[] {0}, new byte[] {(byte) 0xff}, new byte[] {1, 2});

  private Items() {}

  /** The table with these of the indexes. */
  public static Table<Item> table(List<Index<Item>> indexes) {
    Table.Builder<Item> table =
        Table.<Item>named("items").field(NAME).field(RANK).field(BIG).field(BLOB).field(NOTE);
    indexes.forEach(table::index);
    return table.construct(
        row -> new Item(row.get(NAME), row.get(RANK), row.get(BIG), row.get(BLOB), row.get(NOTE)));
  }

  public static Item random(Random random) {
    return new Item(
        one(NAMES, random),
        random.nextInt(4) == 0 ? null : one(RANKS, random),
        random.nextInt(4) == 0 ? Optional.empty() : Optional.of(one(BIGS, random)),
        one(BLOBS, random),
        random.nextBoolean() ? "x" : "y");
  }

  public static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  /** A condition of at most this depth. */
  public static Predicate<Item> condition(Random random, int depth) {
    if (depth > 0) {
      switch (random.nextInt(4)) {
        case 0:
          return condition(random, depth - 1).and(condition(random, depth - 1));
        case 1:
          return condition(random, depth - 1).or(condition(random, depth - 1));
        case 2:
          return condition(random, depth - 1).not();
        default:
          break;
      }
    }
    Item sample = random(random);
    return switch (random.nextInt(9)) {
      case 0, 1 -> compare(NAME, sample, random);
      case 2, 3, 4 -> compare(RANK, sample, random);
      case 5, 6 -> compare(BIG, sample, random);
      case 7 -> compare(BLOB, sample, random);
      default -> compare(NOTE, sample, random);
    };
  }

  private static <V extends @Nullable Object> Predicate<Item> compare(
      Field<Item, V> field, Item sample, Random random) {
    V value = field.get(sample);
    return switch (random.nextInt(7)) {
      case 0 -> field.eq(value);
      case 5 -> field.in(Arrays.asList(value, field.get(random(random))));
      case 1 -> field.ne(value);
      case 2 -> field.lt(value);
      case 3 -> field.lte(value);
      case 4 -> field.gt(value);
      default -> field.gte(value);
    };
  }

  /** SQLite's order of keys said in another way than the engine does. */
  public static int compareKeys(@Nullable Object a, @Nullable Object b) {
    int kind = Integer.compare(kind(a), kind(b));
    if (kind != 0 || a == null || b == null) {
      return kind;
    }
    if (a instanceof Double x && b instanceof Double y) {
      return Double.compare(x + 0.0, y + 0.0);
    }
    return Arrays.compareUnsigned(bytes(a), bytes(b));
  }

  private static int kind(@Nullable Object key) {
    return key == null ? 0 : key instanceof Double ? 1 : key instanceof String ? 2 : 3;
  }

  private static byte[] bytes(Object key) {
    return key instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) key;
  }
}
