package lunora.example;

import java.util.List;
import java.util.Optional;
import lunora.api.Functions;
import lunora.api.Identity;
import lunora.api.Length;
import lunora.api.Mutation;
import lunora.api.MutationContext;
import lunora.api.Order;
import lunora.api.Query;
import lunora.api.QueryContext;
import lunora.api.Range;
import lunora.schema.Doc;
import lunora.schema.Id;

/** Rooms to talk in, each in the shard of its name. */
@Functions("rooms")
public final class Rooms {

  private static final int ROOM_LENGTH_MAX = 200;
  private static final int BODY_LENGTH_MAX = 4000;
  private static final int LIST_MAX = 200;

  private static final String PRIVATE = "private-";

  private Rooms() {}

  /** Whether somebody may enter a room: private ones are for signed-in users. */
  static boolean mayEnter(Optional<Identity> identity, String room) {
    return !room.startsWith(PRIVATE) || identity.isPresent();
  }

  /** Whether somebody may ask all rooms at once. */
  static boolean mayAskAll(Optional<Identity> identity, String table) {
    return table.equals("posts") && identity.isPresent() && isAdmin(identity.get());
  }

  private static boolean isAdmin(Identity identity) {
    return "admin".equals(identity.text("role"));
  }

  /** Says something in a room. */
  @Mutation
  static Id<Post> post(
      MutationContext ctx,
      @Length(min = 1, max = ROOM_LENGTH_MAX) String room,
      @Length(min = 1, max = BODY_LENGTH_MAX) String body) {
    return ctx.table(PostTable.TABLE).insert(new Post(room, body));
  }

  /** What was said in a room, newest first. */
  @Query
  static List<Doc<Post>> list(QueryContext ctx, String room) {
    return ctx.table(PostTable.TABLE)
        .index(PostTable.BY_ROOM)
        .eq(PostTable.ROOM, room)
        .order(Order.DESC)
        .take(LIST_MAX);
  }

  /** How many posts there are; asked of all rooms at once, the sum is that of the deployment. */
  @Query
  static int countAll(QueryContext ctx) {
    return ctx.table(PostTable.TABLE).all().count();
  }

  /** The newest posts; asked of all rooms at once, the newest of each. */
  @Query
  static List<Doc<Post>> latest(QueryContext ctx, @Range(min = 0, max = LIST_MAX) int limit) {
    return ctx.table(PostTable.TABLE).all().order(Order.DESC).take(limit);
  }
}
