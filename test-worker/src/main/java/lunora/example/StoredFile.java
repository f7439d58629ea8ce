package lunora.example;

import lunora.api.Document;
import lunora.api.Index;

/** A file that somebody uploads, or has uploaded: its bytes are in the bucket. */
@Document(table = "files")
@Index(name = "by_name", on = "name")
public record StoredFile(String name, String contentType, int size) {}
