package lunora.bindings;

import lunora.bridge.workers.DurableObjectId;
import lunora.bridge.workers.DurableObjectStub;
import lunora.bridge.workers.DurableObjects;
import lunora.bridge.workers.Jurisdiction;
import lunora.bridge.workers.LocationHint;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkersResponse;
import lunora.bridge.workers.WorkersUrl;
import lunora.wire.JsonText;

/** Ids and stubs of Durable Objects. */
final class NamespaceRoutes {

  private NamespaceRoutes() {}

  static WorkersResponse answer(String action, WorkersUrl url, DurableObjects objects) {
    return switch (action) {
      case "ids" -> ids(objects);
      case "calls" -> calls(objects, url);
      case "refused" -> refused(objects);
      default -> WorkersResponse.text(404, action);
    };
  }

  private static WorkersResponse ids(DurableObjects objects) {
    DurableObjectId named = objects.idFromName("ids é");
    DurableObjectId read = objects.idFromString(named.toString());
    DurableObjectId unique = objects.newUniqueId();
    return new Answer()
        .put("name", named.name())
        .put("digits", named.toString().length())
        .put("equal", named.equals(read))
        .put("sameHash", named.hashCode() == read.hashCode())
        .put("uniqueName", unique.name())
        .put("different", !unique.equals(objects.newUniqueId()))
        .put("stubName", objects.getByName("ids é").name())
        .put("stubId", objects.getByName("ids é").id().equals(named))
        .put("uniqueStubName", objects.get(unique).name())
        .ok();
  }

  private static WorkersResponse calls(DurableObjects objects, WorkersUrl url) {
    String name = String.valueOf(url.query("name"));
    DurableObjectId unique = objects.newUniqueId();
    return new Answer()
        .put("byName", who(objects.getByName(name), name))
        .put("byId", who(objects.get(objects.idFromName(name)), name))
        .put("unique", who(objects.get(unique), name))
        .put("uniqueId", unique.toString())
        .put("hinted", who(objects.getByName(name + "-hint", LocationHint.WESTERN_EUROPE), name))
        .put("hintedId", who(objects.get(unique, LocationHint.OCEANIA), name))
        .ok();
  }

  private static JsonText who(DurableObjectStub stub, String name) {
    String url = "https://object/object/" + name + "/life/who";
    return JsonText.of(stub.fetch(WorkersRequest.to(url).build()).text());
  }

  private static WorkersResponse refused(DurableObjects objects) {
    Answer answer = new Answer();
    for (Jurisdiction jurisdiction : Jurisdiction.values()) {
      answer
          .put("unique " + jurisdiction.code(), Refusal.of(() -> objects.newUniqueId(jurisdiction)))
          .put(
              "scope " + jurisdiction.code(), Refusal.of(() -> objects.jurisdiction(jurisdiction)));
    }
    for (LocationHint hint : LocationHint.values()) {
      answer.put("hint " + hint.code(), Refusal.of(() -> objects.getByName("h", hint)));
    }
    return answer
        .put("noId", Refusal.of(() -> objects.idFromString("abc")))
        .put("foreignId", Refusal.of(() -> objects.idFromString("0".repeat(64))))
        .ok();
  }
}
