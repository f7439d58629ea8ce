package lunora.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import lunora.ItemShard;
import lunora.Items;
import lunora.Items.Item;
import lunora.api.AppModule;
import lunora.api.ShapeDescriptor;
import lunora.api.ShapeOf;
import lunora.auth.Caller;
import lunora.oplog.RowWrite;
import lunora.schema.Predicate;
import lunora.shape.RowChange;
import lunora.shape.ShapeDefinition;
import lunora.shape.ShapeResolver;
import lunora.store.RowImage;
import lunora.wire.Value;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Which shapes a change affects: never too few, and few too many. */
class ShapeIndexTest {

  private static final int SHAPES = 40;
  private static final int WRITES = 40;

  private long lastNumber;

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void noShapeThatHadOrHasTheRowIsMissed(@ForAll long seed) {
    Random random = new Random(seed);
    try (ItemShard items = new ItemShard(random.nextInt(20), random)) {
      ShapeIndex index = new ShapeIndex();
      List<LiveShape> shapes = new ArrayList<>();
      for (int i = 0; i < SHAPES; i++) {
        shapes.add(shape(Items.condition(random, 4)));
        index.add(shapes.get(i));
      }
      for (int i = 0; i < WRITES; i++) {
        LiveShape replaced = shapes.remove(random.nextInt(shapes.size()));
        index.remove(replaced);
        LiveShape added = shape(Items.condition(random, 4));
        index.add(added);
        shapes.add(added);
        RowWrite<Item> write = items.writeAnything(random);
        Set<LiveShape> near = near(index, write);
        for (LiveShape shape : shapes) {
          assertTrue(
              near.contains(shape) || !touches(shape, write),
              () -> write.op() + " missed by " + shape.definition().text());
        }
        assertTrue(shapes.containsAll(near), "a shape that was taken out is found");
      }
    }
  }

  @Test
  void amongTenThousandConditionsOnlyThoseThatMatchAreLookedAt() {
    ShapeIndex index = new ShapeIndex();
    for (int i = 0; i < 10_000; i++) {
      index.add(shape(Items.NAME.eq("n" + i).and(Items.NOTE.ne("z"))));
      index.add(shape(Items.RANK.gte((double) i).and(Items.RANK.lt(i + 1.0))));
      index.add(shape(Items.NOTE.eq("x").and(Items.NAME.in(List.of("a" + i, "b" + i)))));
      index.add(shape(Items.NAME.eq("c" + i).or(Items.RANK.eq(-1.0 - i))));
    }
    try (ItemShard items = new ItemShard()) {
      RowWrite<Item> insert = items.insert(item("n7", 41.5));
      assertEquals(2, near(index, insert).size());
      // The row as it was and as it is.
      assertEquals(4, near(index, items.replace(0, item("b9", -2))).size());
      assertEquals(0, near(index, items.insert(item("other", 20_000))).size());
    }
  }

  @Test
  void aConditionWithTooManyAlternativesIsLookedAtForEveryRow() {
    Predicate<Item> many = Items.NAME.eq("a").or(Items.RANK.eq(1.0));
    for (int i = 0; i < 6; i++) {
      many = many.and(Items.NAME.eq("b" + i).or(Items.RANK.eq(i + 2.0)));
    }
    ShapeIndex index = new ShapeIndex();
    LiveShape shape = shape(many);
    index.add(shape);
    try (ItemShard items = new ItemShard()) {
      assertEquals(Set.of(shape), near(index, items.insert(item("z", 77))));
    }
    index.remove(shape);
    assertTrue(!index.watches(Items.TABLE));
  }

  private LiveShape shape(Predicate<Item> condition) {
    ShapeResolver resolver =
        new ShapeResolver(
            AppModule.create()
                .table(Items.TABLE)
                .shape(
                    ShapeDescriptor.named("any")
                        .shape((ctx, args) -> ShapeOf.rows(Items.TABLE).where(condition)))
                .build());
    Value.Obj none = new Value.Obj(java.util.Map.of());
    lastNumber++;
    return new LiveShape(lastNumber, resolver.resolve("any", none, Caller.ANONYMOUS).definition());
  }

  private static Set<LiveShape> near(ShapeIndex index, RowWrite<Item> write) {
    Set<LiveShape> near = new LinkedHashSet<>();
    for (RowChange<?> change : RowChange.of(List.of(write))) {
      index.near(change, near);
    }
    return near;
  }

  @SuppressWarnings("unchecked") // all shapes are of items
  private static boolean touches(LiveShape shape, RowWrite<Item> write) {
    ShapeDefinition<Item> definition = (ShapeDefinition<Item>) shape.definition();
    RowImage<Item> before = write.before();
    RowImage<Item> after = write.after();
    return (before != null && definition.contains(before))
        || (after != null && definition.contains(after));
  }

  private static Item item(String name, double rank) {
    return new Item(name, rank, Optional.empty(), new byte[0], "x");
  }
}
