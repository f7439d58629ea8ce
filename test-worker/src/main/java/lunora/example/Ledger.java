package lunora.example;

import java.math.BigInteger;
import java.util.Optional;
import lunora.api.Functions;
import lunora.api.Mutation;
import lunora.api.MutationContext;
import lunora.api.Order;
import lunora.schema.Doc;

/** A running total of exact integers of any size. */
@Functions("ledger")
public final class Ledger {

  private Ledger() {}

  /** Enters an amount and answers the new total. */
  @Mutation
  static BigInteger add(MutationContext ctx, BigInteger amount) {
    Optional<Doc<LedgerEntry>> last =
        ctx.table(LedgerEntryTable.TABLE).all().order(Order.DESC).first();
    BigInteger before = last.isPresent() ? last.get().value().total() : BigInteger.ZERO;
    BigInteger total = before.add(amount);
    ctx.table(LedgerEntryTable.TABLE).insert(new LedgerEntry(amount, total));
    return total;
  }
}
