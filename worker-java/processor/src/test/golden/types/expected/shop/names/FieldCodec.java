package shop.names;

import javax.annotation.processing.Generated;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.ObjectCodec;

/** The wire form of {@link Names.Field}. */
@Generated("lunora.processor.LunoraProcessor")
public final class FieldCodec {

  /** {@link Names.Field#String}. */
  public static final Field<Names.Field, Names.String> STRING =
      Field.of("String", StringCodec.CODEC, Names.Field::String);

  /** Reads and writes {@link Names.Field}. */
  public static final ObjectCodec<Names.Field> CODEC =
      Codecs.<Names.Field>object("Field")
          .field(STRING)
          .construct(values -> new Names.Field(values.get(STRING)));

  private FieldCodec() {}
}
