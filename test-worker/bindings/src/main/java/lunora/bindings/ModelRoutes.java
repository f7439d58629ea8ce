package lunora.bindings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lunora.bridge.workers.Env;
import lunora.bridge.workers.VectorIndex;
import lunora.bridge.workers.WorkersAi;
import lunora.bridge.workers.WorkersResponse;
import lunora.wire.JsonText;

/** Vectorize and Workers AI, which have no local form: the shim binds doubles of them. */
final class ModelRoutes {

  private ModelRoutes() {}

  static WorkersResponse vectors(String action, Env env) {
    VectorIndex index = env.vectors("VECTORS");
    return switch (action) {
      case "write" -> write(index);
      case "query" -> query(index);
      case "refused" ->
          new Answer().put("size", Refusal.ofWork(() -> index.query(new float[1], 1, null))).ok();
      default -> WorkersResponse.text(404, action);
    };
  }

  private static WorkersResponse write(VectorIndex index) {
    JsonText metadata = JsonText.of("{\"kind\":\"a\"}");
    String inserted =
        index.insert(List.of(new VectorIndex.Vector("1", new float[] {1, 0}, metadata)));
    String upserted =
        index.upsert(List.of(new VectorIndex.Vector("2", new float[] {0.5f, 0.5f}, null)));
    List<VectorIndex.Vector> found = index.get(List.of("1", "none"));
    float[] values = found.get(0).values();
    String deleted = index.delete(List.of("2"));
    JsonText described = index.describe();
    return new Answer()
        .put("inserted", inserted)
        .put("upserted", upserted)
        .put("found", found.size())
        .put("values", List.of(values[0], values[1]))
        .put("metadata", found.get(0).metadata())
        .put("deleted", deleted)
        .put("described", described)
        .ok();
  }

  private static WorkersResponse query(VectorIndex index) {
    List<String> ids = new ArrayList<>();
    List<VectorIndex.Match> matches =
        index.query(new float[] {1, 0.25f}, 2, JsonText.of("{\"kind\":{\"$eq\":\"a\"}}"));
    for (VectorIndex.Match match : matches) {
      ids.add(match.id() + " " + match.score() + " " + match.metadata());
    }
    return new Answer().put("matches", ids).ok();
  }

  static WorkersResponse ai(String action, Env env) {
    WorkersAi ai = env.ai("AI");
    return switch (action) {
      case "run" -> {
        JsonText answer = ai.run("@cf/test/echo", JsonText.of("{\"prompt\":\"é\"}"));
        yield new Answer().put("answer", answer).ok();
      }
      case "stream" -> {
        byte[] all =
            ai.stream("@cf/test/echo", JsonText.of("{\"prompt\":\"é\",\"stream\":true}")).readAll();
        yield new Answer().put("text", new String(all, StandardCharsets.UTF_8)).ok();
      }
      case "refused" ->
          new Answer()
              .put("unknown", Refusal.ofWork(() -> ai.run("@cf/test/none", JsonText.of("{}"))))
              .put("noStream", Refusal.ofWork(() -> ai.stream("@cf/test/echo", JsonText.of("{}"))))
              .ok();
      default -> WorkersResponse.text(404, action);
    };
  }
}
