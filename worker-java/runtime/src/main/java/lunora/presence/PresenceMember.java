package lunora.presence;

import java.util.Optional;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.ObjectCodec;
import lunora.wire.Value;

/** One who is present, as others see it: sessions have no name outside. */
record PresenceMember(String roomId, double lastSeen, Optional<String> userId, Value data) {

  private static final Field<PresenceMember, String> ROOM_ID =
      Field.of("roomId", Codecs.STRING, PresenceMember::roomId);
  private static final Field<PresenceMember, Double> LAST_SEEN =
      Field.of("lastSeen", Codecs.DOUBLE, PresenceMember::lastSeen);
  private static final Field<PresenceMember, Optional<String>> USER_ID =
      Field.of("userId", Codecs.optional(Codecs.STRING), PresenceMember::userId);
  private static final Field<PresenceMember, Value> DATA =
      Field.of("data", Codecs.ANY, PresenceMember::data);

  static final ObjectCodec<PresenceMember> CODEC =
      Codecs.<PresenceMember>object("PresenceMember")
          .field(ROOM_ID)
          .field(LAST_SEEN)
          .field(USER_ID)
          .field(DATA)
          .construct(
              values ->
                  new PresenceMember(
                      values.get(ROOM_ID),
                      values.get(LAST_SEEN),
                      values.get(USER_ID),
                      values.get(DATA)));

  static PresenceMember of(PresenceRow row) {
    return new PresenceMember(row.roomId(), row.lastSeen(), row.userId(), row.data());
  }
}
