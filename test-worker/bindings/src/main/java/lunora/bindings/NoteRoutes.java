package lunora.bindings;

import java.util.ArrayList;
import java.util.List;
import lunora.bridge.workers.DurableObjectStorage;
import lunora.bridge.workers.SqlRow;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkersResponse;
import lunora.wire.JsonText;

/** JSON texts that an object keeps, so that a test sees what an event of the Worker was. */
final class NoteRoutes {

  private final DurableObjectStorage storage;

  NoteRoutes(DurableObjectStorage storage) {
    this.storage = storage;
  }

  WorkersResponse answer(String action, WorkersRequest request) {
    storage.sql().exec("CREATE TABLE IF NOT EXISTS notes (note TEXT)");
    if (action.equals("add")) {
      storage.sql().exec("INSERT INTO notes VALUES (?)", request.text());
    }
    List<JsonText> notes = new ArrayList<>();
    for (SqlRow row : storage.sql().exec("SELECT note FROM notes ORDER BY rowid").toList()) {
      notes.add(JsonText.of(row.text("note")));
    }
    return new Answer().put("notes", notes).ok();
  }
}
