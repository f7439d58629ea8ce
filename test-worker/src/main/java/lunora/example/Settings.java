package lunora.example;

import java.util.List;
import java.util.Optional;
import lunora.api.Functions;
import lunora.api.GlobalMutationContext;
import lunora.api.GlobalQueryContext;
import lunora.api.Length;
import lunora.api.Mutation;
import lunora.api.Policy;
import lunora.api.PolicyContext;
import lunora.api.Query;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Predicate;

/** Settings, which all shards share and only their owners see and change. */
@Functions("settings")
public final class Settings {

  private static final int LISTED = 200;

  private Settings() {}

  /** A setting is its owner's alone. */
  @Policy
  static Predicate<Setting> own(PolicyContext ctx) {
    return SettingTable.OWNER.eq(ctx.user().userId());
  }

  /** The settings there are, for the caller. */
  @Query
  static List<Doc<Setting>> list(GlobalQueryContext ctx) {
    return ctx.table(SettingTable.TABLE).all().take(LISTED);
  }

  /** One setting, or null: those of others do not exist. */
  @Query
  static Optional<Doc<Setting>> get(GlobalQueryContext ctx, Id<Setting> id) {
    return ctx.table(SettingTable.TABLE).get(id);
  }

  /** Writes a setting of the caller, in the place of an earlier one of that name. */
  @Mutation
  static Id<Setting> put(
      GlobalMutationContext ctx,
      @Length(min = 1, max = 80) String name,
      @Length(max = 4000) String value) {
    String owner = ctx.user().userId();
    Optional<Doc<Setting>> present =
        ctx.table(SettingTable.TABLE)
            .index(SettingTable.BY_OWNER)
            .eq(SettingTable.OWNER, owner)
            .eq(SettingTable.NAME, name)
            .unique();
    if (present.isPresent()) {
      ctx.table(SettingTable.TABLE).patch(present.get().id(), SettingTable.VALUE.set(value));
      return present.get().id();
    }
    return ctx.table(SettingTable.TABLE).insert(new Setting(owner, name, value));
  }

  /** Gives a setting to somebody else, which the policy forbids. */
  @Mutation
  static void give(GlobalMutationContext ctx, Id<Setting> id, String owner) {
    ctx.table(SettingTable.TABLE).patch(id, SettingTable.OWNER.set(owner));
  }

  /** Forgets a setting. */
  @Mutation
  static void remove(GlobalMutationContext ctx, Id<Setting> id) {
    ctx.table(SettingTable.TABLE).delete(id);
  }
}
