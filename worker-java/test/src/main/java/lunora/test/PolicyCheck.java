package lunora.test;

import java.util.Map;
import java.util.Optional;
import lunora.api.AppModule;
import lunora.api.Identity;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.query.Policies;
import lunora.query.RowRules;
import lunora.schema.Predicate;
import lunora.schema.Table;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * What an app's row policies say to one caller, without a database. Immutable: {@link #as} gives
 * another.
 *
 * <pre>{@code
 * PolicyCheck policies = PolicyCheck.of(ChatModule.create());
 * assertFalse(policies.as("bob").reads(NoteTable.TABLE, new Note("ann", "psst")));
 * }</pre>
 */
public final class PolicyCheck {

  private final Policies policies;
  private final Optional<Identity> identity;

  private PolicyCheck(Policies policies, Optional<Identity> identity) {
    this.policies = policies;
    this.identity = identity;
  }

  /** What an anonymous caller may do. */
  public static PolicyCheck of(AppModule app) {
    return new PolicyCheck(Policies.of(app), Optional.empty());
  }

  /** What this user may do, who has no further claims. */
  public PolicyCheck as(String userId) {
    return as(new Identity(userId, new Value.Obj(Map.of())));
  }

  /** What this user may do. */
  public PolicyCheck as(Identity user) {
    return new PolicyCheck(policies, Optional.of(user));
  }

  /**
   * Whether the caller sees a row that holds the document.
   *
   * @throws LunoraException {@code RLS_REQUIRED} where no policy says, or what the policy refuses
   */
  public <D> boolean reads(Table<D> table, D document) {
    @Nullable Predicate<D> readable = rules(table).readable();
    return readable == null || readable.test(document);
  }

  /**
   * Whether the caller may write a row that holds the document, before a write or after it.
   *
   * @throws LunoraException as {@link #reads} does
   */
  public <D> boolean writes(Table<D> table, D document) {
    try {
      rules(table).checkWritable(document);
      return true;
    } catch (LunoraException e) {
      if (e.code().equals(ErrorCode.FORBIDDEN.name())) {
        return false;
      }
      throw e;
    }
  }

  private <D> RowRules<D> rules(Table<D> table) {
    return policies.rules(table, () -> identity);
  }
}
