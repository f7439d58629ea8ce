package notes;

import javax.annotation.processing.Generated;
import lunora.api.AppModule;

/** The documents and functions of {@link NotesApp}. */
@Generated("lunora.processor.LunoraProcessor")
public final class NotesAppModule {

  private NotesAppModule() {}

  /** Makes the module. */
  public static AppModule create() {
    return AppModule.create()
        .table(NoteTable.TABLE)
        .include(NotesFunctions.MODULE)
        .accept("drop notes.color")
        .build();
  }
}
