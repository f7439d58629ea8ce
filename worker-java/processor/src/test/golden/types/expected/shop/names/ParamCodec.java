package shop.names;

import javax.annotation.processing.Generated;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.ObjectCodec;

/** The wire form of {@link Names.Param}. */
@Generated("lunora.processor.LunoraProcessor")
public final class ParamCodec {

  /** {@link Names.Param#Codecs}. */
  public static final Field<Names.Param, Names.String> CODECS =
      Field.of("Codecs", StringCodec.CODEC, Names.Param::Codecs);

  /** {@link Names.Param#field}. */
  public static final Field<Names.Param, Names.Field> FIELD =
      Field.of("field", FieldCodec.CODEC, Names.Param::field);

  /** Reads and writes {@link Names.Param}. */
  public static final ObjectCodec<Names.Param> CODEC =
      Codecs.<Names.Param>object("Param")
          .field(CODECS)
          .field(FIELD)
          .construct(values -> new Names.Param(values.get(CODECS), values.get(FIELD)));

  private ParamCodec() {}
}
