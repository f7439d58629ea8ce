package shop.names;

import lunora.api.Document;
import lunora.api.Index;
import lunora.schema.Id;

/** A document that the package of the app cannot name, and constants that collide with indexes. */
@Document(table = "hidden")
@Index(name = "self", on = "self")
@Index(name = "by_self", on = "self", unique = true)
record Hidden(Id<Hidden> self) {}
