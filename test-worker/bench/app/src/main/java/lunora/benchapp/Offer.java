package lunora.benchapp;

import lunora.api.Document;
import lunora.api.Index;

/** Something for sale. The rating has no index. */
@Document(table = "offers")
@Index(name = "by_price", on = "price")
@Index(
    name = "by_shop_price",
    on = {"shop", "price"})
public record Offer(String shop, double price, double rating, String title) {}
