package shop;

import javax.annotation.processing.Generated;
import lunora.schema.Codecs;
import lunora.schema.SealedCodec;

/** The wire form of {@link Payment}. */
@Generated("lunora.processor.LunoraProcessor")
public final class PaymentCodec {

  /** Reads and writes {@link Payment}. */
  public static final SealedCodec<Payment> CODEC =
      Codecs.<Payment>sealed("Payment")
          .variant("Card", Payment.Card.class, CardCodec.CODEC)
          .variant("Cash", Payment.Cash.class, CashCodec.CODEC)
          .build();

  private PaymentCodec() {}
}
