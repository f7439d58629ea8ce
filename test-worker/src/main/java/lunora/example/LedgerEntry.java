package lunora.example;

import java.math.BigInteger;
import lunora.api.Document;

/** An amount and the total up to it. */
@Document(table = "ledger")
public record LedgerEntry(BigInteger amount, BigInteger total) {}
