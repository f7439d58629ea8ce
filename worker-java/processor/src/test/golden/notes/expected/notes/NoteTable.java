package notes;

import javax.annotation.processing.Generated;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.Table;

/** Table {@code notes}, made from {@link Note}. */
@Generated("lunora.processor.LunoraProcessor")
public final class NoteTable {

  /** {@link Note#owner}. */
  public static final Field<Note, String> OWNER = Field.of("owner", Codecs.STRING, Note::owner);

  /** {@link Note#shared}. */
  public static final Field<Note, Boolean> SHARED =
      Field.of("shared", Codecs.BOOLEAN, Note::shared);

  /** The table of {@link Note} documents. */
  public static final Table<Note> TABLE =
      Table.<Note>named("notes")
          .field(OWNER)
          .field(SHARED)
          .rls()
          .construct(values -> new Note(values.get(OWNER), values.get(SHARED)));

  private NoteTable() {}
}
