package shop.stock;

import lunora.api.Document;

/** A document of another package. */
@Document(table = "items")
public record Item(String name) {}
