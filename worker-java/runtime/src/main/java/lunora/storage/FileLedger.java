package lunora.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lunora.api.FileUpload;
import lunora.api.Identity;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.Bindings;
import lunora.host.remote.BlobInfo;
import lunora.registry.RegistryClient;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;

/**
 * The rows that name the objects of the storage, in the registry of shards. Where none is bound
 * nothing is written down, and nothing can be swept. Everything may suspend.
 */
final class FileLedger {

  private FileLedger() {}

  /**
   * Somebody is about to get a URL to upload this.
   *
   * @throws LunoraException {@code CONFLICT} while a sweep deletes what has that key
   */
  static void announce(
      FileUpload upload, Optional<Identity> caller, double expiresMs, Bindings bindings) {
    JsonWriter row = new JsonWriter().raw("{\"key\":").string(upload.key());
    row.raw(",\"contentType\":").string(upload.contentType());
    row.raw(",\"size\":").number(upload.sizeBytes()).raw(",\"expires\":").number(expiresMs);
    if (caller.isPresent()) {
      row.raw(",\"who\":").string(caller.get().userId());
    }
    JsonText text = row.raw("}").finish();
    JsonText answer = RegistryClient.askIfBound(bindings, "/files/announce", text);
    if (answer != null && !isTrue(read(answer), "free")) {
      throw new LunoraException(
          ErrorCode.CONFLICT, "what had this key is being deleted: use another one");
    }
  }

  /** An object is there. */
  static void stored(BlobInfo info, Bindings bindings) {
    stored(List.of(info), bindings);
  }

  /** Objects are there. */
  static void stored(List<BlobInfo> infos, Bindings bindings) {
    JsonWriter body = new JsonWriter();
    String before = "{\"files\":[";
    for (BlobInfo info : infos) {
      body.raw(before);
      write(info, body);
      before = ",";
    }
    RegistryClient.tell(bindings, "/files/stored", body.raw("]}").finish().toString());
  }

  private static void write(BlobInfo info, JsonWriter row) {
    row.raw("{\"key\":").string(info.key());
    row.raw(",\"size\":").number(info.sizeBytes()).raw(",\"etag\":").string(info.etag());
    row.raw(",\"uploaded\":").number(info.uploadedMs());
    String type = info.contentType();
    if (type != null) {
      row.raw(",\"contentType\":").string(type);
    }
    row.raw("}");
  }

  /** Objects are deleted. */
  static void removed(List<String> keys, Bindings bindings) {
    JsonText text = withKeys(keys).raw("}").finish();
    RegistryClient.tell(bindings, "/files/removed", text.toString());
  }

  /** How a sweep begins. */
  record Start(boolean begun, double sinceMs, String cursor) {}

  /**
   * Begins a sweep, unless another one is under way.
   *
   * @throws LunoraException {@code MISCONFIGURED} where no registry is bound
   */
  static Start begin(boolean dryRun, Bindings bindings) {
    JsonWriter body = new JsonWriter().raw("{\"dryRun\":").raw(dryRun ? "true}" : "false}");
    JsonText answer = RegistryClient.ask(bindings, "/files/begin", body.finish());
    Value.Obj start = read(answer);
    double sinceMs =
        start.fields().get("since") instanceof Value.Num since ? since.value() : Double.MAX_VALUE;
    String cursor = start.fields().get("cursor") instanceof Value.Str at ? at.value() : "";
    return new Start(isTrue(start, "begun"), sinceMs, cursor);
  }

  /** Ends a sweep; the next one goes on from the cursor, from the beginning where it is empty. */
  static void end(String cursor, Bindings bindings) {
    JsonWriter body = new JsonWriter().raw("{");
    if (!cursor.isEmpty()) {
      body.raw("\"cursor\":").string(cursor);
    }
    RegistryClient.tell(bindings, "/files/end", body.raw("}").finish().toString());
  }

  /**
   * Those that no row names, at most so many. Unless it is a dry run none of them can be announced
   * now.
   */
  static List<String> unnamed(List<String> keys, int limit, boolean dryRun, Bindings bindings) {
    JsonWriter body = withKeys(keys).raw(",\"limit\":").number(limit);
    body.raw(",\"doom\":").raw(dryRun ? "false}" : "true}");
    JsonText answer = RegistryClient.ask(bindings, "/files/unnamed", body.finish());
    return keysOf(read(answer));
  }

  /** Those that {@link #unnamed} gave can be announced again. */
  static void release(List<String> keys, Bindings bindings) {
    JsonText text = withKeys(keys).raw("}").finish();
    RegistryClient.tell(bindings, "/files/released", text.toString());
  }

  /** What was to come until that time and is not known to have. */
  static List<String> overdue(double beforeMs, int limit, Bindings bindings) {
    JsonWriter body = new JsonWriter().raw("{\"before\":").number(beforeMs);
    JsonText text = body.raw(",\"limit\":").number(limit).raw("}").finish();
    JsonText answer = RegistryClient.ask(bindings, "/files/overdue", text);
    return keysOf(read(answer));
  }

  /** They have not come until that time, unless they have meanwhile. */
  static void missing(List<String> keys, double beforeMs, Bindings bindings) {
    JsonWriter body = withKeys(keys).raw(",\"before\":").number(beforeMs).raw("}");
    RegistryClient.tell(bindings, "/files/missing", body.finish().toString());
  }

  /** An object that begins with keys and is still open. */
  static JsonWriter withKeys(List<String> keys) {
    JsonWriter body = new JsonWriter().raw("{\"keys\":[");
    String before = "";
    for (String key : keys) {
      body.raw(before).string(key);
      before = ",";
    }
    return body.raw("]");
  }

  private static List<String> keysOf(Value.Obj answer) {
    return answer.fields().get("keys") instanceof Value.Arr list ? texts(list) : List.of();
  }

  static List<String> texts(Value.Arr list) {
    List<String> texts = new ArrayList<>();
    for (Value item : list.items()) {
      if (item instanceof Value.Str text) {
        texts.add(text.value());
      }
    }
    return texts;
  }

  static Value.Obj read(JsonText answer) {
    return Json.read(answer.toString()) instanceof Value.Obj object
        ? object
        : new Value.Obj(Map.of());
  }

  private static boolean isTrue(Value.Obj object, String name) {
    return object.fields().get(name) instanceof Value.Bool bool && bool.value();
  }
}
