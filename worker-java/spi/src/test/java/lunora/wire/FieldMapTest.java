package lunora.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.wire.Value.Num;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FieldMapTest {

  @Property(tries = 300)
  void behavesAsALinkedHashMap(
      @ForAll @Size(max = 40) List<@IntRange(max = 25) Integer> keys, @ForAll int count) {
    FieldMap map = new FieldMap();
    Map<String, Value> model = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      map.set("k" + keys.get(i), new Num(i));
      model.put("k" + keys.get(i), new Num(i));
    }
    assertEquals(model, map);
    assertEquals(map, model);
    assertEquals(model.hashCode(), map.hashCode());
    assertEquals(List.copyOf(model.entrySet()), List.copyOf(map.entrySet()));
    assertEquals(model.containsKey("k3"), map.containsKey("k3"));
    assertNull(map.get("none"));
    assertFalse(map.containsKey("none"));
    int headSize = Math.floorMod(count, map.size() + 1);
    FieldMap head = FieldMap.head(model, headSize);
    assertEquals(headSize, head.size());
    assertTrue(map.entrySet().containsAll(head.entrySet()));
  }
}
