package lunora.example;

import lunora.api.Document;
import lunora.api.Index;

/** What somebody says of himself; the same in every shard. */
@Document(table = "profiles", global = true)
@Index(name = "by_name", on = "name", unique = true)
public record Profile(String name, String bio) {}
