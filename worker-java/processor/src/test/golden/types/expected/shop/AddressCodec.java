package shop;

import java.util.Optional;
import javax.annotation.processing.Generated;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.ObjectCodec;

/** The wire form of {@link Order.Address}. */
@Generated("lunora.processor.LunoraProcessor")
public final class AddressCodec {

  /** {@link Order.Address#street}. */
  public static final Field<Order.Address, Optional<String>> STREET =
      Field.of("street", Codecs.optional(Codecs.STRING), Order.Address::street);

  /** {@link Order.Address#town}. */
  public static final Field<Order.Address, String> TOWN =
      Field.of("town", Codecs.STRING, Order.Address::town);

  /** Reads and writes {@link Order.Address}. */
  public static final ObjectCodec<Order.Address> CODEC =
      Codecs.<Order.Address>object("Address")
          .field(STREET)
          .field(TOWN)
          .construct(values -> new Order.Address(values.get(STREET), values.get(TOWN)));

  private AddressCodec() {}
}
