package shop;

import javax.annotation.processing.Generated;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.ObjectCodec;

/** The wire form of {@link Payment.Card}. */
@Generated("lunora.processor.LunoraProcessor")
public final class CardCodec {

  /** {@link Payment.Card#digits}. */
  public static final Field<Payment.Card, String> DIGITS =
      Field.of("digits", Codecs.STRING, Payment.Card::digits);

  /** Reads and writes {@link Payment.Card}. */
  public static final ObjectCodec<Payment.Card> CODEC =
      Codecs.<Payment.Card>object("Card")
          .field(DIGITS)
          .construct(values -> new Payment.Card(values.get(DIGITS)));

  private CardCodec() {}
}
