package lunora.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * Compares two snapshots: what rows that were stored under the one lose under the other. What is
 * only added loses nothing.
 */
public final class SchemaDrift {

  private final List<Loss> losses = new ArrayList<>();

  private SchemaDrift() {}

  /** What would be lost on the way from one schema to another, in the order of the first. */
  public static List<Loss> losses(Value.Obj before, Value.Obj after) {
    SchemaDrift drift = new SchemaDrift();
    Map<String, Value> left = SchemaSnapshot.tables(after);
    for (Map.Entry<String, Value> table : SchemaSnapshot.tables(before).entrySet()) {
      String name = table.getKey();
      Value now = left.get(name);
      if (now == null) {
        drift.gone(name, name);
      } else {
        drift.fields(name, name, part(table.getValue(), "fields"), part(now, "fields"));
        drift.indexes(name, table.getValue(), now);
      }
    }
    return drift.losses;
  }

  private void gone(String table, String path) {
    String accept = "drop " + path;
    losses.add(
        new Loss(
            table,
            accept,
            path + " is gone, and with it what shards hold of it",
            "declare it again, or give it up with @App(accept = \""
                + accept
                + "\"), .accept(\""
                + accept
                + "\") on a builder"));
  }

  private void fields(
      String table, String path, Map<String, Value> before, Map<String, Value> after) {
    for (Map.Entry<String, Value> field : before.entrySet()) {
      Value now = after.get(field.getKey());
      String place = path + "." + field.getKey();
      if (now == null) {
        gone(table, place);
      } else {
        type(table, place, field.getValue(), now);
      }
    }
    for (Map.Entry<String, Value> field : after.entrySet()) {
      if (!before.containsKey(field.getKey()) && !Fit.mayBeAbsent(field.getValue())) {
        unreadable(
            table,
            path + "." + field.getKey() + " is new and required, which stored rows lack",
            "make it Optional or give it a @Default; a @Migration can fill it");
      }
    }
  }

  private void type(String table, String place, Value before, Value after) {
    Map<String, Value> inner = Fit.objectOf(before);
    Map<String, Value> now = Fit.objectOf(after);
    if (inner != null && now != null && Fit.wrappingFits(before, after)) {
      fields(table, place, inner, now);
    } else if (!Fit.fits(before, after)) {
      unreadable(
          table,
          place + " was " + Fit.text(before) + " and is " + Fit.text(after),
          "leave it as it was and declare a new field beside it; fill that with a @Migration, then"
              + " drop the old one");
    }
  }

  private void unreadable(String table, String what, String write) {
    losses.add(new Loss(table, "", what, write));
  }

  private void indexes(String table, Value before, Value after) {
    Map<String, Value> old = part(before, "indexes");
    Map<String, Value> fields = part(before, "fields");
    for (Map.Entry<String, Value> index : part(after, "indexes").entrySet()) {
      boolean unique = part(index, "unique") != null;
      boolean same = index.getValue().equals(old.get(index.getKey()));
      // A row that lacks one of the values is exempt, and stored rows lack what is new.
      if (unique && !same && fields.keySet().containsAll(names(index))) {
        String accept = Loss.UNIQUE + table + "." + index.getKey();
        losses.add(
            new Loss(
                table,
                accept,
                "index "
                    + table
                    + "."
                    + index.getKey()
                    + " is unique now, and stored rows may clash",
                "see that none do, by a @Migration, then say so with @App(accept = \""
                    + accept
                    + "\")"));
      }
    }
  }

  private static @Nullable Value part(Map.Entry<String, Value> index, String name) {
    return index.getValue() instanceof Value.Obj parts ? parts.fields().get(name) : null;
  }

  private static List<String> names(Map.Entry<String, Value> index) {
    List<String> names = new ArrayList<>();
    if (part(index, "fields") instanceof Value.Arr list) {
      for (Value item : list.items()) {
        names.add(item instanceof Value.Str name ? name.value() : "");
      }
    }
    return names;
  }

  private static Map<String, Value> part(Value table, String name) {
    return table instanceof Value.Obj parts && parts.fields().get(name) instanceof Value.Obj part
        ? part.fields()
        : Map.of();
  }
}
