package lunora.presence;

import java.util.Optional;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Table;
import lunora.wire.Value;

/**
 * One session in one room.
 *
 * @param data whatever the client wants others to know; {@link Value.Undefined} for nothing
 * @param lastSeen its last heartbeat, in milliseconds since the Unix epoch
 * @param userId who it is; empty for an anonymous client
 */
record PresenceRow(
    Value data, double lastSeen, String roomId, String sessionId, Optional<String> userId) {

  static final Field<PresenceRow, Value> DATA = Field.of("data", Codecs.ANY, PresenceRow::data);
  static final Field<PresenceRow, Double> LAST_SEEN =
      Field.of("lastSeen", Codecs.DOUBLE, PresenceRow::lastSeen);
  static final Field<PresenceRow, String> ROOM_ID =
      Field.of("roomId", Codecs.STRING, PresenceRow::roomId);
  static final Field<PresenceRow, String> SESSION_ID =
      Field.of("sessionId", Codecs.STRING, PresenceRow::sessionId);
  static final Field<PresenceRow, Optional<String>> USER_ID =
      Field.of("userId", Codecs.optional(Codecs.STRING), PresenceRow::userId);

  static final Index<PresenceRow> BY_ROOM_SESSION = Index.on("byRoomSession", ROOM_ID, SESSION_ID);
  static final Index<PresenceRow> BY_ROOM = Index.on("byRoom", ROOM_ID);
  static final Index<PresenceRow> BY_ROOM_LAST_SEEN =
      Index.on("byRoomLastSeen", ROOM_ID, LAST_SEEN);

  static final Table<PresenceRow> TABLE =
      Table.<PresenceRow>named("presence_present")
          .field(DATA)
          .field(LAST_SEEN)
          .field(ROOM_ID)
          .field(SESSION_ID)
          .field(USER_ID)
          .index(BY_ROOM_SESSION)
          .index(BY_ROOM)
          .index(BY_ROOM_LAST_SEEN)
          .construct(
              row ->
                  new PresenceRow(
                      row.get(DATA),
                      row.get(LAST_SEEN),
                      row.get(ROOM_ID),
                      row.get(SESSION_ID),
                      row.get(USER_ID)));

  PresenceRow seenAt(double timeMs) {
    return new PresenceRow(data, timeMs, roomId, sessionId, userId);
  }
}
