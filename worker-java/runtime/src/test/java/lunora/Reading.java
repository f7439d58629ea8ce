package lunora;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lunora.Items.Item;
import lunora.api.IndexRange;
import lunora.api.Order;
import lunora.api.Select;
import lunora.api.TableReader;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Predicate;
import lunora.store.RowImage;
import org.jspecify.annotations.Nullable;

/**
 * A reading of the items as data: the engine runs it, and a plain list says what it should give.
 *
 * @param index null for the whole table
 * @param equalCount how many of the index's fields are equal to the sample's
 * @param lower the sample's key on the next field as a lower bound, 0 none, 1 exclusive, 2
 *     inclusive
 * @param upper the same above, by its own sample
 * @param condition null for none
 * @param note a lambda that wants this note, null for none
 */
public record Reading(
    @Nullable Index<Item> index,
    int equalCount,
    Item sample,
    int lower,
    int upper,
    Item upperSample,
    Order order,
    @Nullable Predicate<Item> condition,
    @Nullable String note) {

  public static Reading random(Random random) {
    Index<Item> index = random.nextInt(5) == 0 ? null : Items.one(Items.INDEXES, random);
    int fields = index == null ? 0 : index.fields().size();
    int equalCount = random.nextInt(fields + 1);
    boolean bounded = equalCount < fields;
    return new Reading(
        index,
        equalCount,
        Items.random(random),
        bounded ? random.nextInt(3) : 0,
        bounded ? random.nextInt(3) : 0,
        Items.random(random),
        random.nextBoolean() ? Order.ASC : Order.DESC,
        random.nextInt(3) == 0 ? Items.condition(random, 3) : null,
        random.nextInt(5) == 0 ? "x" : null);
  }

  /** The reading on the engine, ready to be run. */
  public Select<Item> on(TableReader<Item> table) {
    Select<Item> select = index == null ? table.all() : range(table.index(index), index.fields());
    select = select.order(order);
    if (condition != null) {
      select = select.filter(condition);
    }
    return note == null ? select : select.filter(doc -> doc.value().note().equals(note));
  }

  private IndexRange<Item> range(IndexRange<Item> range, List<Field<Item, ?>> fields) {
    for (int i = 0; i < equalCount; i++) {
      range = eq(range, fields.get(i));
    }
    return equalCount == fields.size() ? range : bounds(range, fields.get(equalCount));
  }

  private <V extends @Nullable Object> IndexRange<Item> eq(
      IndexRange<Item> range, Field<Item, V> field) {
    return range.eq(field, field.get(sample));
  }

  private <V extends @Nullable Object> IndexRange<Item> bounds(
      IndexRange<Item> range, Field<Item, V> field) {
    if (hasLower(field)) {
      V value = field.get(sample);
      range = lower == 1 ? range.gt(field, value) : range.gte(field, value);
    }
    if (hasUpper(field)) {
      V value = field.get(upperSample);
      range = upper == 1 ? range.lt(field, value) : range.lte(field, value);
    }
    return range;
  }

  private boolean hasLower(Field<Item, ?> field) {
    return lower != 0 && field.keyOf(sample) != null;
  }

  private boolean hasUpper(Field<Item, ?> field) {
    return upper != 0 && field.keyOf(upperSample) != null;
  }

  /** What the reading gives of these rows, all of it, as ids in order. */
  public List<String> expected(List<RowImage<Item>> rows) {
    List<RowImage<Item>> kept = new ArrayList<>(rows.stream().filter(this::wants).toList());
    kept.sort(this::compare);
    return kept.stream().map(row -> row.doc().id().value()).toList();
  }

  private boolean wants(RowImage<Item> row) {
    Item item = row.doc().value();
    return inRange(item)
        && (condition == null || condition.test(item))
        && (note == null || item.note().equals(note));
  }

  private boolean inRange(Item item) {
    if (index == null) {
      return true;
    }
    for (int i = 0; i < equalCount; i++) {
      if (compareOn(index.fields().get(i), item, sample) != 0) {
        return false;
      }
    }
    if (equalCount == index.fields().size()) {
      return true;
    }
    Field<Item, ?> next = index.fields().get(equalCount);
    boolean bounded = hasLower(next) || hasUpper(next);
    if (bounded && next.keyOf(item) == null) {
      return false;
    }
    return (!hasLower(next) || compareOn(next, item, sample) >= (lower == 1 ? 1 : 0))
        && (!hasUpper(next) || compareOn(next, item, upperSample) <= (upper == 1 ? -1 : 0));
  }

  private int compare(RowImage<Item> a, RowImage<Item> b) {
    int difference = 0;
    if (index != null) {
      for (Field<Item, ?> field : index.fields()) {
        difference = compareOn(field, a.doc().value(), b.doc().value());
        if (difference != 0) {
          break;
        }
      }
    }
    if (difference == 0) {
      difference = Double.compare(a.creationTimeMs(), b.creationTimeMs());
    }
    if (difference == 0) {
      difference = Double.compare(a.seq(), b.seq());
    }
    return order == Order.ASC ? difference : -difference;
  }

  private static int compareOn(Field<Item, ?> field, Item a, Item b) {
    return Integer.signum(Items.compareKeys(field.keyOf(a), field.keyOf(b)));
  }

  public static List<String> idsOf(List<Doc<Item>> docs) {
    return docs.stream().map(doc -> doc.id().value()).toList();
  }
}
