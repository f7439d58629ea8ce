package lunora.example;

import lunora.api.Document;
import lunora.api.Index;

/** What somebody said in a room; each room is a shard of its own. */
@Document(table = "posts", shardBy = "room")
@Index(name = "by_room", on = "room")
public record Post(String room, String body) {}
