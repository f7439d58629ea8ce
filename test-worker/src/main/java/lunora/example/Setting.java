package lunora.example;

import lunora.api.Document;
import lunora.api.Index;

/** What somebody has chosen for himself; the same in every shard. */
@Document(table = "settings", global = true)
@Index(
    name = "by_owner",
    on = {"owner", "name"},
    unique = true)
public record Setting(String owner, String name, String value) {}
