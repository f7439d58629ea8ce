package shop;

import javax.annotation.processing.Generated;
import lunora.schema.Codecs;
import lunora.schema.ObjectCodec;

/** The wire form of {@link Payment.Cash}. */
@Generated("lunora.processor.LunoraProcessor")
public final class CashCodec {

  /** Reads and writes {@link Payment.Cash}. */
  public static final ObjectCodec<Payment.Cash> CODEC =
      Codecs.<Payment.Cash>object("Cash").construct(values -> new Payment.Cash());

  private CashCodec() {}
}
