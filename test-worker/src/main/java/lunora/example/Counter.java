package lunora.example;

import lunora.api.Document;
import lunora.api.Index;

/** A named number. */
@Document(table = "counters")
@Index(name = "by_name", on = "name", unique = true)
public record Counter(String name, int value) {}
