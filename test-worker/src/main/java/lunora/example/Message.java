package lunora.example;

import lunora.api.Document;
import lunora.api.Index;

/** A line that somebody wrote in a channel. */
@Document(table = "messages")
@Index(name = "by_channel", on = "channel")
public record Message(String channel, String author, String body) {}
