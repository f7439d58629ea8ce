package lunora.example;

import lunora.api.Document;
import lunora.api.Index;

/** What somebody keeps for themselves. */
@Document(table = "notes", rls = true)
@Index(name = "by_owner", on = "owner")
public record Note(String owner, String text) {}
