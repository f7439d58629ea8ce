package shop.names;

import java.util.List;
import javax.annotation.processing.Generated;
import lunora.api.AppModule;
import lunora.api.FunctionCall;
import lunora.api.FunctionDescriptor;
import lunora.api.Param;
import lunora.schema.Codecs;

/** Descriptors and calls of the functions of {@link Names}. */
@Generated("lunora.processor.LunoraProcessor")
public final class NamesFunctions {

  /** Parameter {@code param} of {@link Names#same}. */
  public static final Param<Names.Param> SAME_PARAM = Param.of("param", ParamCodec.CODEC);

  /** Parameter {@code field} of {@link Names#same}. */
  public static final Param<Names.Field> SAME_FIELD = Param.of("field", FieldCodec.CODEC);

  /** Parameter {@code string} of {@link Names#same}. */
  public static final Param<Names.String> SAME_STRING = Param.of("string", StringCodec.CODEC);

  /** Parameter {@code url} of {@link Names#same}. */
  public static final Param<Names.URL> SAME_URL =
      Param.of("url", Codecs.enumOf(List.of(Names.URL.values())));

  /** {@link Names#same}. */
  public static final FunctionDescriptor.OfQuery<Names.String> SAME =
      FunctionDescriptor.named("names:same")
          .param(SAME_PARAM)
          .param(SAME_FIELD)
          .param(SAME_STRING)
          .param(SAME_URL)
          .returns(StringCodec.CODEC)
          .query(
              (ctx, args) ->
                  Names.same(
                      ctx,
                      args.get(SAME_PARAM),
                      args.get(SAME_FIELD),
                      args.get(SAME_STRING),
                      args.get(SAME_URL)));

  /** {@link Names#url}. */
  public static final FunctionDescriptor.OfQuery<Names.URL> URL =
      FunctionDescriptor.named("names:url")
          .returns(Codecs.enumOf(List.of(Names.URL.values())))
          .query((ctx, args) -> Names.url(ctx));

  /** The functions of {@link Names} as a module. */
  public static final AppModule MODULE = AppModule.create().query(SAME).query(URL).build();

  private NamesFunctions() {}

  /** A call of {@link Names#same}. */
  public static FunctionCall<Names.String> same(
      Names.Param param, Names.Field field, Names.String string, Names.URL url) {
    return FunctionCall.of(SAME)
        .with(SAME_PARAM, param)
        .with(SAME_FIELD, field)
        .with(SAME_STRING, string)
        .with(SAME_URL, url)
        .build();
  }

  /** A call of {@link Names#url}. */
  public static FunctionCall<Names.URL> url() {
    return FunctionCall.of(URL).build();
  }
}
