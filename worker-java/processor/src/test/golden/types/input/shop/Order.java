package shop;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lunora.api.Default;
import lunora.api.Document;
import lunora.api.Index;
import lunora.api.Length;
import lunora.api.Range;
import lunora.schema.Id;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;
import shop.stock.Item;

/** A record with every type, every constraint and constants that collide. */
@Document(table = "orders")
@Index(name = "by_number", on = "number", unique = true)
@Index(
    name = "placedAt",
    on = {"placedAt", "paid"})
public record Order(
    @Length(max = 20) String number,
    boolean paid,
    int count,
    @Range(min = 1) Integer boxed,
    @Range(min = -5, max = 5) long balance,
    @Range(max = 100) double discount,
    BigInteger total,
    Instant placedAt,
    byte[] signature,
    byte @Nullable [] photo,
    @Default("OPEN") Status status,
    @Default("2026-01-31T12:00:00Z") Instant due,
    @Default("say \"é\"\n") String note,
    @Default("0.5") double rate,
    @Default("7") long priority,
    @Default("12345678901234567890") BigInteger serial,
    @Default("true") boolean open,
    Id<Item> item,
    Optional<Id<Order>> previous,
    @Length(min = 2, max = 2) Optional<String> country,
    @Range(min = 0, max = 9) @Nullable Integer digit,
    List<Address> addresses,
    Map<String, List<Id<Item>>> byShelf,
    Optional<Payment> payment,
    Item copy,
    @Nullable Address billing,
    Value extra,
    String table,
    String TABLE,
    String urlPath,
    String urlpath,
    String url_path) {

  /** Nested, and so named by its simple name. */
  public enum Status {
    OPEN,
    SHIPPED
  }

  /** Likewise. */
  public record Address(Optional<String> street, String town) {}
}
