package lunora;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lunora.Items.Item;
import lunora.api.TableReader;
import lunora.host.local.SqlStorage;
import lunora.oplog.RowWrite;
import lunora.query.ReadSet;
import lunora.query.RecordedReader;
import lunora.query.RowRules;
import lunora.schema.Id;
import lunora.schema.Schema;
import lunora.store.Meta;
import lunora.store.RowImage;
import lunora.store.SchemaMigration;
import lunora.store.Stores;
import lunora.store.TableStore;
import lunora.testkit.FakeShardHost;
import org.jspecify.annotations.Nullable;

/** The items of one shard with nothing above the store, and a list of the rows beside it. */
public final class ItemShard implements AutoCloseable {

  public static final Schema SCHEMA = new Schema(List.of(Items.TABLE));

  private final FakeShardHost host = FakeShardHost.inMemory("items");
  private final TableStore<Item> store;
  private final List<RowImage<Item>> rows = new ArrayList<>();

  public ItemShard() {
    new SchemaMigration(host.sql(), Meta.open(host.sql())).run(SCHEMA);
    store = new Stores(SCHEMA, host.sql(), host.host().texts()).of(Items.TABLE);
  }

  /** With this many random rows. */
  public ItemShard(int count, Random random) {
    this();
    for (int i = 0; i < count; i++) {
      insert(Items.random(random));
    }
  }

  /** The rows as they should stand, in order of creation. */
  public List<RowImage<Item>> rows() {
    return rows;
  }

  public SqlStorage sql() {
    return host.sql();
  }

  public TableReader<Item> reader() {
    return reader(null);
  }

  public TableReader<Item> reader(@Nullable ReadSet recorded) {
    return new RecordedReader<>(store, RowRules.none(), host.sql(), recorded);
  }

  public RowWrite<Item> insert(Item item) {
    RowImage<Item> row = store.insert(new Id<>(host.random().uuid()), host.clock().nowMs(), item);
    rows.add(row);
    return new RowWrite<>(Items.TABLE, null, row);
  }

  public RowWrite<Item> replace(int row, Item item) {
    RowImage<Item> before = rows.get(row);
    RowImage<Item> after = store.update(before, item);
    rows.set(row, after);
    return new RowWrite<>(Items.TABLE, before, after);
  }

  public RowWrite<Item> delete(int row) {
    RowImage<Item> before = rows.remove(row);
    store.delete(before);
    return new RowWrite<>(Items.TABLE, before, null);
  }

  /** An insert, replacement, patch of one field or deletion of a random row. */
  public RowWrite<Item> writeAnything(Random random) {
    int kind = rows.isEmpty() ? 0 : random.nextInt(5);
    if (kind <= 1) {
      return insert(Items.random(random));
    }
    int row = random.nextInt(rows.size());
    if (kind == 2) {
      return delete(row);
    }
    Item before = rows.get(row).doc().value();
    Item other = Items.random(random);
    Item patched =
        new Item(before.name(), other.rank(), before.big(), before.blob(), before.note());
    return replace(row, kind == 3 ? other : patched);
  }

  @Override
  public void close() {
    host.close();
  }
}
