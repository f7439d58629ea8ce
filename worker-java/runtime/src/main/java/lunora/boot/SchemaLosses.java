package lunora.boot;

import lunora.api.AppModule;
import lunora.schema.Loss;
import lunora.schema.SchemaDrift;
import lunora.schema.SchemaSnapshot;
import lunora.wire.JsonWriter;

/** What rows stored under an earlier schema lose under an app's, but for what it accepts. */
final class SchemaLosses {

  private SchemaLosses() {}

  /** {@code [{what, write}]}, for the command {@code lunora schema}. */
  static String of(String snapshot, AppModule app) {
    JsonWriter json = new JsonWriter();
    String before = "[{\"what\":";
    for (Loss loss :
        SchemaDrift.losses(SchemaSnapshot.read(snapshot), SchemaSnapshot.of(app.schema()))) {
      if (!app.accepted().contains(loss.accept())) {
        json.raw(before).string(loss.what()).raw(",\"write\":").string(loss.write()).raw("}");
        before = ",{\"what\":";
      }
    }
    return json.raw(before.startsWith("[") ? "[]" : "]").finish().toString();
  }
}
