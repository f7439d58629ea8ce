package lunora.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.wire.Value;

/**
 * A row as the oracle knows it.
 *
 * @param fields on the wire, without id and creation time
 */
record Row(String id, double createdAt, Map<String, Value> fields) {

  Value.Obj wire() {
    Map<String, Value> all = new LinkedHashMap<>(fields);
    all.put("_id", new Value.Str(id));
    all.put("_creationTime", new Value.Num(createdAt));
    return new Value.Obj(all);
  }

  String text(String field) {
    return fields.get(field) instanceof Value.Str text ? text.value() : "";
  }

  double number(String field) {
    return fields.get(field) instanceof Value.Num number ? number.value() : 0;
  }
}
