package lunora.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import lunora.ItemShard;
import lunora.Items;
import lunora.Items.Item;
import lunora.host.local.SqlRows;
import lunora.testkit.JdbcSqlStorage;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** Keys in memory stand as they stand in SQLite, and conditions mean what their SQL means. */
@SuppressWarnings("NullAway") // on JDK 17 it does not see that a key is nullable
class KeyOrderTest {

  @Property(tries = 1000)
  void bigintKeysStandAsTheNumbersDo(
      @ForAll("integers") BigInteger a, @ForAll("integers") BigInteger b) {
    int keys = SqlOrder.INSTANCE.compare(Codecs.BIG_INTEGER.key(a), Codecs.BIG_INTEGER.key(b));
    assertEquals(a.compareTo(b), Integer.signum(keys));
  }

  @Provide
  Arbitrary<BigInteger> integers() {
    BigInteger largest = BigInteger.TEN.pow(1023);
    return Arbitraries.oneOf(
        Arbitraries.bigIntegers().between(BigInteger.valueOf(-1100), BigInteger.valueOf(1100)),
        Arbitraries.bigIntegers().between(largest.negate(), largest));
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void memoryAndDatabaseSortAlike(@ForAll("keys") List<Object> drawn) {
    List<@Nullable Object> keys = new ArrayList<>(drawn);
    keys.add(null);
    try (JdbcSqlStorage sql = JdbcSqlStorage.inMemory()) {
      sql.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, k)");
      for (int i = 0; i < keys.size(); i++) {
        sql.execute("INSERT INTO t VALUES (?, ?)", (double) i, keys.get(i));
      }
      SqlRows rows =
          sql.query(
              "SELECT a.n, b.n, (a.k > b.k) - (a.k < b.k) FROM t a, t b WHERE a.k IS NOT NULL AND b.k IS NOT NULL");
      for (int i = 0; i < rows.size(); i++) {
        Object a = keys.get((int) rows.number(i, 0));
        Object b = keys.get((int) rows.number(i, 1));
        assertEquals((int) rows.number(i, 2), Integer.signum(SqlOrder.INSTANCE.compare(a, b)));
      }
      List<Integer> sorted = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        sorted.add(i);
      }
      sorted.sort((a, b) -> SqlOrder.INSTANCE.compare(keys.get(a), keys.get(b)));
      SqlRows ordered = sql.query("SELECT n FROM t ORDER BY k, n");
      for (int i = 0; i < ordered.size(); i++) {
        assertEquals((double) sorted.get(i), ordered.number(i, 0));
      }
    }
  }

  @Provide
  Arbitrary<List<Object>> keys() {
    Arbitrary<Object> numbers =
        Arbitraries.oneOf(
                Arbitraries.doubles(),
                Arbitraries.of(
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    -0.0,
                    0.0,
                    9007199254740993.0))
            .map(Codecs.DOUBLE::key);
    Arbitrary<Object> texts =
        Arbitraries.strings()
            .withChars('a', 'b', '\0', 'é', '\uD7FF', '\uE000', '\uFFFD', '\uFFFF')
            .withChars('\uD800', '\uDBFF', '\uDC00', '\uDFFF')
            .ofMaxLength(4)
            .map(Codecs.STRING::key);
    Arbitrary<Object> blobs =
        Arbitraries.bytes().array(byte[].class).ofMaxSize(3).map(Codecs.BYTES::key);
    return Arbitraries.oneOf(numbers, texts, blobs).list().ofMinSize(2).ofMaxSize(25);
  }

  @Property(tries = 80, shrinking = ShrinkingMode.OFF)
  void aConditionMeansWhatItsSqlMeans(@ForAll java.util.Random random) {
    try (ItemShard shard = new ItemShard(30, random)) {
      for (int i = 0; i < 20; i++) {
        Predicate<Item> condition = Items.condition(random, 4);
        List<String> inMemory =
            shard.rows().stream()
                .filter(row -> condition.test(row.doc().value()))
                .map(row -> row.doc().id().value())
                .toList();
        List<String> inSql =
            shard.reader().all().filter(condition).collect().stream()
                .map(doc -> doc.id().value())
                .toList();
        assertEquals(inMemory, inSql, condition::toString);
      }
    }
  }
}
