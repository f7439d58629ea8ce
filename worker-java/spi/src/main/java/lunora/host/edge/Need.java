package lunora.host.edge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lunora.wire.JsonWriter;
import lunora.wire.Value;

/**
 * Something that an app needs of its deployment. The command {@code lunora wrangler} reads the list
 * of them from the compiled app and sees that wrangler.jsonc has it: a kind that is added here gets
 * an entry in {@code js-shim/wrangler/reconcile.mjs}.
 */
public sealed interface Need {

  /** As the command reads it: a {@code kind}, and what that kind takes. */
  Value.Obj describe();

  /** A class of Durable Objects, with SQLite. */
  record ObjectClass(String className) implements Need {

    /** What it is bound as: {@code SCHEDULER} for {@code SchedulerDO}, words parted by a line. */
    public String binding() {
      int end = className.endsWith("DO") ? className.length() - 2 : className.length();
      StringBuilder name = new StringBuilder();
      for (int i = 0; i < end; i++) {
        char letter = className.charAt(i);
        if (i > 0 && Character.isUpperCase(letter)) {
          name.append('_');
        }
        name.append(letter);
      }
      return name.toString().toUpperCase(Locale.ROOT);
    }

    @Override
    public Value.Obj describe() {
      return object("object", Map.of("binding", text(binding()), "class", text(className)));
    }
  }

  /** A cron trigger with exactly this expression. */
  record CronTrigger(String expression) implements Need {
    @Override
    public Value.Obj describe() {
      return object("cron", Map.of("expression", text(expression)));
    }
  }

  /** That the messages of a queue come to this Worker. */
  record Consumer(String queue) implements Need {
    @Override
    public Value.Obj describe() {
      return object("consumer", Map.of("queue", text(queue)));
    }
  }

  /** A bucket that is bound by this name. */
  record Bucket(String binding) implements Need {
    @Override
    public Value.Obj describe() {
      return object("bucket", Map.of("binding", text(binding)));
    }
  }

  /**
   * A D1 database with tables.
   *
   * @param tables each with {@code name}, {@code fields}, {@code columns} and {@code statements}
   */
  record Database(String binding, Value.Arr tables) implements Need {
    @Override
    public Value.Obj describe() {
      return object("database", Map.of("binding", text(binding), "tables", tables));
    }
  }

  /** A list of needs as JSON text. */
  static String json(List<Need> needs) {
    List<Value> described = new ArrayList<>();
    for (Need need : needs) {
      described.add(need.describe());
    }
    return JsonWriter.print(new Value.Arr(described));
  }

  private static Value.Obj object(String kind, Map<String, Value> fields) {
    Map<String, Value> all = new LinkedHashMap<>();
    all.put("kind", text(kind));
    all.putAll(fields);
    return new Value.Obj(all);
  }

  private static Value text(String value) {
    return new Value.Str(value);
  }
}
