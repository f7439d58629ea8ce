package lunora.presence;

import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.ObjectCodec;

/** The one number that a function of presence answers, under its name. */
record PresenceCount(double number) {

  static final ObjectCodec<PresenceCount> LAST_SEEN = codec("lastSeen");
  static final ObjectCodec<PresenceCount> DELETED = codec("deleted");

  private static ObjectCodec<PresenceCount> codec(String name) {
    Field<PresenceCount, Double> field = Field.of(name, Codecs.DOUBLE, PresenceCount::number);
    return Codecs.<PresenceCount>object("PresenceCount")
        .field(field)
        .construct(values -> new PresenceCount(values.get(field)));
  }
}
