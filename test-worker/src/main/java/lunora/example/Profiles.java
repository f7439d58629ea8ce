package lunora.example;

import java.util.List;
import java.util.Optional;
import lunora.api.Functions;
import lunora.api.GlobalMutationContext;
import lunora.api.GlobalQueryContext;
import lunora.api.Length;
import lunora.api.Mutation;
import lunora.api.Query;
import lunora.schema.Doc;

/** Profiles, which all shards share. */
@Functions("profiles")
public final class Profiles {

  private static final int LISTED = 200;

  private Profiles() {}

  /** A profile, if there is one of that name. */
  @Query
  static Optional<Doc<Profile>> get(GlobalQueryContext ctx, String name) {
    return ctx.table(ProfileTable.TABLE)
        .index(ProfileTable.BY_NAME)
        .eq(ProfileTable.NAME, name)
        .unique();
  }

  /** The first profiles by name. */
  @Query
  static List<Doc<Profile>> list(GlobalQueryContext ctx) {
    return ctx.table(ProfileTable.TABLE).index(ProfileTable.BY_NAME).take(LISTED);
  }

  /** Writes a profile, in the place of an earlier one of that name. */
  @Mutation
  static void put(
      GlobalMutationContext ctx,
      @Length(min = 1, max = 80) String name,
      @Length(max = 4000) String bio) {
    Optional<Doc<Profile>> present = get(ctx, name);
    if (present.isPresent()) {
      ctx.table(ProfileTable.TABLE).patch(present.get().id(), ProfileTable.BIO.set(bio));
    } else {
      ctx.table(ProfileTable.TABLE).insert(new Profile(name, bio));
    }
  }
}
