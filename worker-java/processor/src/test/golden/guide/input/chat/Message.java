package chat;

import lunora.api.Document;
import lunora.api.Index;

@Document(table = "messages", shardBy = "channel")
@Index(name = "by_channel", on = "channel")
record Message(String channel, String author, String body) {}
