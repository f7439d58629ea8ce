package lunora.shard;

import lunora.wire.JsonText;

/** What is written together with a mutation, in its transaction. Never suspends. */
interface CommitNote {

  /** Nothing besides the mutation's own writes. */
  CommitNote NONE = result -> {};

  /** Writes the note; the mutation's result is given as it goes out. */
  void write(JsonText result);
}
