package shop;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.Generated;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.Id;
import lunora.schema.Index;
import lunora.schema.Table;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;
import shop.stock.Item;
import shop.stock.ItemTable;

/** Table {@code orders}, made from {@link Order}. */
@Generated("lunora.processor.LunoraProcessor")
@SuppressWarnings("NullAway") // it does not see that a type argument is nullable
public final class OrderTable {

  /** {@link Order#number}. */
  public static final Field<Order, String> NUMBER =
      Field.of("number", Codecs.STRING.length(0, 20), Order::number);

  /** {@link Order#paid}. */
  public static final Field<Order, Boolean> PAID = Field.of("paid", Codecs.BOOLEAN, Order::paid);

  /** {@link Order#count}. */
  public static final Field<Order, Integer> COUNT = Field.of("count", Codecs.INT, Order::count);

  /** {@link Order#boxed}. */
  public static final Field<Order, Integer> BOXED =
      Field.of("boxed", Codecs.INT.range(1, Integer.MAX_VALUE), Order::boxed);

  /** {@link Order#balance}. */
  public static final Field<Order, Long> BALANCE =
      Field.of("balance", Codecs.LONG.range(-5L, 5L), Order::balance);

  /** {@link Order#discount}. */
  public static final Field<Order, Double> DISCOUNT =
      Field.of("discount", Codecs.DOUBLE.range(Double.NEGATIVE_INFINITY, 100.0), Order::discount);

  /** {@link Order#total}. */
  public static final Field<Order, BigInteger> TOTAL =
      Field.of("total", Codecs.BIG_INTEGER, Order::total);

  /** {@link Order#placedAt}. */
  public static final Field<Order, Instant> PLACED_AT =
      Field.of("placedAt", Codecs.INSTANT, Order::placedAt);

  /** {@link Order#signature}. */
  public static final Field<Order, byte[]> SIGNATURE =
      Field.of("signature", Codecs.BYTES, Order::signature);

  /** {@link Order#photo}. */
  public static final Field<Order, byte @Nullable []> PHOTO =
      Field.of("photo", Codecs.nullable(Codecs.BYTES), Order::photo);

  /** {@link Order#status}. */
  public static final Field<Order, Order.Status> STATUS =
      Field.of(
          "status",
          Codecs.defaulted(Codecs.enumOf(List.of(Order.Status.values())), Order.Status.OPEN),
          Order::status);

  /** {@link Order#due}. */
  public static final Field<Order, Instant> DUE =
      Field.of(
          "due",
          Codecs.defaulted(Codecs.INSTANT, Instant.ofEpochMilli(1769860800000L)),
          Order::due);

  /** {@link Order#note}. */
  public static final Field<Order, String> NOTE =
      Field.of("note", Codecs.defaulted(Codecs.STRING, "say \"\u00e9\"\n"), Order::note);

  /** {@link Order#rate}. */
  public static final Field<Order, Double> RATE =
      Field.of("rate", Codecs.defaulted(Codecs.DOUBLE, 0.5), Order::rate);

  /** {@link Order#priority}. */
  public static final Field<Order, Long> PRIORITY =
      Field.of("priority", Codecs.defaulted(Codecs.LONG, 7L), Order::priority);

  /** {@link Order#serial}. */
  public static final Field<Order, BigInteger> SERIAL =
      Field.of(
          "serial",
          Codecs.defaulted(Codecs.BIG_INTEGER, new BigInteger("12345678901234567890")),
          Order::serial);

  /** {@link Order#open}. */
  public static final Field<Order, Boolean> OPEN =
      Field.of("open", Codecs.defaulted(Codecs.BOOLEAN, true), Order::open);

  /** {@link Order#item}. */
  public static final Field<Order, Id<Item>> ITEM =
      Field.of("item", Codecs.<Item>id(), Order::item);

  /** {@link Order#previous}. */
  public static final Field<Order, Optional<Id<Order>>> PREVIOUS =
      Field.of("previous", Codecs.optional(Codecs.<Order>id()), Order::previous);

  /** {@link Order#country}. */
  public static final Field<Order, Optional<String>> COUNTRY =
      Field.of("country", Codecs.optional(Codecs.STRING.length(2, 2)), Order::country);

  /** {@link Order#digit}. */
  public static final Field<Order, @Nullable Integer> DIGIT =
      Field.of("digit", Codecs.nullable(Codecs.INT.range(0, 9)), Order::digit);

  /** {@link Order#addresses}. */
  public static final Field<Order, List<Order.Address>> ADDRESSES =
      Field.of("addresses", Codecs.list(AddressCodec.CODEC), Order::addresses);

  /** {@link Order#byShelf}. */
  public static final Field<Order, Map<String, List<Id<Item>>>> BY_SHELF =
      Field.of("byShelf", Codecs.map(Codecs.list(Codecs.<Item>id())), Order::byShelf);

  /** {@link Order#payment}. */
  public static final Field<Order, Optional<Payment>> PAYMENT =
      Field.of("payment", Codecs.optional(PaymentCodec.CODEC), Order::payment);

  /** {@link Order#copy}. */
  public static final Field<Order, Item> COPY =
      Field.of("copy", ItemTable.TABLE.codec(), Order::copy);

  /** {@link Order#billing}. */
  public static final Field<Order, Order.@Nullable Address> BILLING =
      Field.of("billing", Codecs.nullable(AddressCodec.CODEC), Order::billing);

  /** {@link Order#extra}. */
  public static final Field<Order, Value> EXTRA = Field.of("extra", Codecs.ANY, Order::extra);

  /** {@link Order#table}. */
  public static final Field<Order, String> TABLE_FIELD =
      Field.of("table", Codecs.STRING, Order::table);

  /** {@link Order#TABLE}. */
  public static final Field<Order, String> TABLE_FIELD_2 =
      Field.of("TABLE", Codecs.STRING, Order::TABLE);

  /** {@link Order#urlPath}. */
  public static final Field<Order, String> URL_PATH =
      Field.of("urlPath", Codecs.STRING, Order::urlPath);

  /** {@link Order#urlpath}. */
  public static final Field<Order, String> URLPATH =
      Field.of("urlpath", Codecs.STRING, Order::urlpath);

  /** {@link Order#url_path}. */
  public static final Field<Order, String> URL_PATH_FIELD =
      Field.of("url_path", Codecs.STRING, Order::url_path);

  /** Index {@code by_number} of {@link Order}. */
  public static final Index<Order> BY_NUMBER = Index.unique("by_number", NUMBER);

  /** Index {@code placedAt} of {@link Order}. */
  public static final Index<Order> PLACED_AT_INDEX = Index.on("placedAt", PLACED_AT, PAID);

  /** The table of {@link Order} documents. */
  public static final Table<Order> TABLE =
      Table.<Order>named("orders")
          .field(NUMBER)
          .field(PAID)
          .field(COUNT)
          .field(BOXED)
          .field(BALANCE)
          .field(DISCOUNT)
          .field(TOTAL)
          .field(PLACED_AT)
          .field(SIGNATURE)
          .field(PHOTO)
          .field(STATUS)
          .field(DUE)
          .field(NOTE)
          .field(RATE)
          .field(PRIORITY)
          .field(SERIAL)
          .field(OPEN)
          .field(ITEM)
          .field(PREVIOUS)
          .field(COUNTRY)
          .field(DIGIT)
          .field(ADDRESSES)
          .field(BY_SHELF)
          .field(PAYMENT)
          .field(COPY)
          .field(BILLING)
          .field(EXTRA)
          .field(TABLE_FIELD)
          .field(TABLE_FIELD_2)
          .field(URL_PATH)
          .field(URLPATH)
          .field(URL_PATH_FIELD)
          .index(BY_NUMBER)
          .index(PLACED_AT_INDEX)
          .construct(
              values ->
                  new Order(
                      values.get(NUMBER),
                      values.get(PAID),
                      values.get(COUNT),
                      values.get(BOXED),
                      values.get(BALANCE),
                      values.get(DISCOUNT),
                      values.get(TOTAL),
                      values.get(PLACED_AT),
                      values.get(SIGNATURE),
                      values.get(PHOTO),
                      values.get(STATUS),
                      values.get(DUE),
                      values.get(NOTE),
                      values.get(RATE),
                      values.get(PRIORITY),
                      values.get(SERIAL),
                      values.get(OPEN),
                      values.get(ITEM),
                      values.get(PREVIOUS),
                      values.get(COUNTRY),
                      values.get(DIGIT),
                      values.get(ADDRESSES),
                      values.get(BY_SHELF),
                      values.get(PAYMENT),
                      values.get(COPY),
                      values.get(BILLING),
                      values.get(EXTRA),
                      values.get(TABLE_FIELD),
                      values.get(TABLE_FIELD_2),
                      values.get(URL_PATH),
                      values.get(URLPATH),
                      values.get(URL_PATH_FIELD)));

  private OrderTable() {}
}
