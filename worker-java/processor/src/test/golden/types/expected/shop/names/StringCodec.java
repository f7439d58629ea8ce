package shop.names;

import java.util.List;
import javax.annotation.processing.Generated;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.ObjectCodec;

/** The wire form of {@link Names.String}. */
@Generated("lunora.processor.LunoraProcessor")
public final class StringCodec {

  /** {@link Names.String#url}. */
  public static final Field<Names.String, Names.URL> URL =
      Field.of("url", Codecs.enumOf(List.of(Names.URL.values())), Names.String::url);

  /** Reads and writes {@link Names.String}. */
  public static final ObjectCodec<Names.String> CODEC =
      Codecs.<Names.String>object("String")
          .field(URL)
          .construct(values -> new Names.String(values.get(URL)));

  private StringCodec() {}
}
