package lunora.example;

import java.util.Optional;
import lunora.api.Document;
import lunora.api.Index;

/**
 * What somebody keeps for themselves.
 *
 * @param words how many words the text has; notes of earlier versions lack it until they are
 *     migrated
 */
@Document(table = "notes", rls = true)
@Index(name = "by_owner", on = "owner")
public record Note(String owner, String text, Optional<Integer> words) {}
