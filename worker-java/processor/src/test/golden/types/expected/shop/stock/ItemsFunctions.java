package shop.stock;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.Generated;
import lunora.api.AppModule;
import lunora.api.FunctionCall;
import lunora.api.FunctionDescriptor;
import lunora.api.Param;
import lunora.schema.Codecs;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;
import shop.AddressCodec;
import shop.Order;

/** Descriptors and calls of the functions of {@link Items}. */
@Generated("lunora.processor.LunoraProcessor")
@SuppressWarnings("NullAway") // it does not see that a type argument is nullable
public final class ItemsFunctions {

  /** Parameter {@code id} of {@link Items#find}. */
  public static final Param<Id<Item>> FIND_ID = Param.of("id", Codecs.<Item>id());

  /** {@link Items#find}. */
  public static final FunctionDescriptor.OfQuery<Optional<Doc<Item>>> FIND =
      FunctionDescriptor.named("stock/items:find")
          .param(FIND_ID)
          .returns(Codecs.optional(Codecs.doc(ItemTable.TABLE)))
          .query((ctx, args) -> Items.find(ctx, args.get(FIND_ID)));

  /** {@link Items#all}. */
  public static final FunctionDescriptor.OfQuery<List<Doc<Item>>> ALL =
      FunctionDescriptor.named("stock/items:all")
          .returns(Codecs.list(Codecs.doc(ItemTable.TABLE)))
          .query((ctx, args) -> Items.all(ctx));

  /** {@link Items#first}. */
  public static final FunctionDescriptor.OfQuery<Doc<Item>> FIRST =
      FunctionDescriptor.named("stock/items:first")
          .returns(Codecs.doc(ItemTable.TABLE))
          .query((ctx, args) -> Items.first(ctx));

  /** Parameter {@code name} of {@link Items#nameOrNull}. */
  public static final Param<Optional<String>> NAME_OR_NULL_NAME =
      Param.of("name", Codecs.optional(Codecs.STRING));

  /** {@link Items#nameOrNull}. */
  public static final FunctionDescriptor.OfQuery<@Nullable String> NAME_OR_NULL =
      FunctionDescriptor.named("stock/items:nameOrNull")
          .param(NAME_OR_NULL_NAME)
          .returns(Codecs.nullable(Codecs.STRING))
          .query((ctx, args) -> Items.nameOrNull(ctx, args.get(NAME_OR_NULL_NAME)));

  /** Parameter {@code status} of {@link Items#status}. */
  public static final Param<Order.Status> STATUS_STATUS =
      Param.of(
          "status",
          Codecs.defaulted(Codecs.enumOf(List.of(Order.Status.values())), Order.Status.SHIPPED));

  /** {@link Items#status}. */
  public static final FunctionDescriptor.OfQuery<Order.Status> STATUS =
      FunctionDescriptor.named("stock/items:status")
          .param(STATUS_STATUS)
          .returns(Codecs.enumOf(List.of(Order.Status.values())))
          .query((ctx, args) -> Items.status(ctx, args.get(STATUS_STATUS)));

  /** Parameter {@code counts} of {@link Items#address}. */
  public static final Param<Map<String, Integer>> ADDRESS_COUNTS =
      Param.of("counts", Codecs.map(Codecs.INT));

  /** Parameter {@code blobs} of {@link Items#address}. */
  public static final Param<List<byte[]>> ADDRESS_BLOBS =
      Param.of("blobs", Codecs.list(Codecs.BYTES));

  /** Parameter {@code address} of {@link Items#address}. */
  public static final Param<Order.Address> ADDRESS_ADDRESS =
      Param.of("address", AddressCodec.CODEC);

  /** {@link Items#address}. */
  public static final FunctionDescriptor.OfQuery<Order.Address> ADDRESS =
      FunctionDescriptor.named("stock/items:address")
          .param(ADDRESS_COUNTS)
          .param(ADDRESS_BLOBS)
          .param(ADDRESS_ADDRESS)
          .returns(AddressCodec.CODEC)
          .query(
              (ctx, args) ->
                  Items.address(
                      ctx,
                      args.get(ADDRESS_COUNTS),
                      args.get(ADDRESS_BLOBS),
                      args.get(ADDRESS_ADDRESS)));

  /** Parameter {@code module} of {@link Items#echo}. */
  public static final Param<Value> ECHO_MODULE = Param.of("module", Codecs.ANY);

  /** {@link Items#echo}. */
  public static final FunctionDescriptor.OfQuery<Value> ECHO =
      FunctionDescriptor.named("stock/items:echo")
          .param(ECHO_MODULE)
          .returns(Codecs.ANY)
          .query((ctx, args) -> Items.echo(ctx, args.get(ECHO_MODULE)));

  /** Parameter {@code FIND} of {@link Items#module}. */
  public static final Param<Integer> MODULE_FIND_PARAM = Param.of("FIND", Codecs.INT);

  /** Parameter {@code FunctionCall} of {@link Items#module}. */
  public static final Param<Integer> MODULE_FUNCTION_CALL = Param.of("FunctionCall", Codecs.INT);

  /** {@link Items#module}. */
  public static final FunctionDescriptor.OfQuery<Integer> MODULE_FUNCTION =
      FunctionDescriptor.named("stock/items:module")
          .param(MODULE_FIND_PARAM)
          .param(MODULE_FUNCTION_CALL)
          .returns(Codecs.INT)
          .query(
              (ctx, args) ->
                  Items.module(ctx, args.get(MODULE_FIND_PARAM), args.get(MODULE_FUNCTION_CALL)));

  /** Parameter {@code x} of {@link Items#moduleFind}. */
  public static final Param<Integer> MODULE_FIND_X = Param.of("x", Codecs.INT);

  /** {@link Items#moduleFind}. */
  public static final FunctionDescriptor.OfQuery<Boolean> MODULE_FIND =
      FunctionDescriptor.named("stock/items:moduleFind")
          .param(MODULE_FIND_X)
          .returns(Codecs.BOOLEAN)
          .query((ctx, args) -> Items.moduleFind(ctx, args.get(MODULE_FIND_X)));

  /** {@link Items#toString}. */
  public static final FunctionDescriptor.OfQuery<Double> TO_STRING =
      FunctionDescriptor.named("stock/items:toString")
          .returns(Codecs.DOUBLE)
          .query((ctx, args) -> Items.toString(ctx));

  /** Parameter {@code theFirstOneWithAVeryLongName} of {@link Items#clear}. */
  public static final Param<Optional<Id<Item>>> CLEAR_THE_FIRST_ONE_WITH_A_VERY_LONG_NAME =
      Param.of("theFirstOneWithAVeryLongName", Codecs.optional(Codecs.<Item>id()));

  /** Parameter {@code theSecondOneWithAVeryLongName} of {@link Items#clear}. */
  public static final Param<Optional<Id<Item>>> CLEAR_THE_SECOND_ONE_WITH_A_VERY_LONG_NAME =
      Param.of("theSecondOneWithAVeryLongName", Codecs.optional(Codecs.<Item>id()));

  /** {@link Items#clear}. */
  public static final FunctionDescriptor.OfMutation<@Nullable Void> CLEAR =
      FunctionDescriptor.internal("stock/items:clear")
          .param(CLEAR_THE_FIRST_ONE_WITH_A_VERY_LONG_NAME)
          .param(CLEAR_THE_SECOND_ONE_WITH_A_VERY_LONG_NAME)
          .mutation(
              (ctx, args) -> {
                Items.clear(
                    ctx,
                    args.get(CLEAR_THE_FIRST_ONE_WITH_A_VERY_LONG_NAME),
                    args.get(CLEAR_THE_SECOND_ONE_WITH_A_VERY_LONG_NAME));
                return null;
              });

  /** The functions of {@link Items} as a module. */
  public static final AppModule MODULE =
      AppModule.create()
          .query(FIND)
          .query(ALL)
          .query(FIRST)
          .query(NAME_OR_NULL)
          .query(STATUS)
          .query(ADDRESS)
          .query(ECHO)
          .query(MODULE_FUNCTION)
          .query(MODULE_FIND)
          .query(TO_STRING)
          .mutation(CLEAR)
          .build();

  private ItemsFunctions() {}

  /** A call of {@link Items#find}. */
  public static FunctionCall<Optional<Doc<Item>>> find(Id<Item> id) {
    return FunctionCall.of(FIND).with(FIND_ID, id).build();
  }

  /** A call of {@link Items#all}. */
  public static FunctionCall<List<Doc<Item>>> all() {
    return FunctionCall.of(ALL).build();
  }

  /** A call of {@link Items#first}. */
  public static FunctionCall<Doc<Item>> first() {
    return FunctionCall.of(FIRST).build();
  }

  /** A call of {@link Items#nameOrNull}. */
  public static FunctionCall<@Nullable String> nameOrNull(Optional<String> name) {
    return FunctionCall.of(NAME_OR_NULL).with(NAME_OR_NULL_NAME, name).build();
  }

  /** A call of {@link Items#status}. */
  public static FunctionCall<Order.Status> status(Order.Status status) {
    return FunctionCall.of(STATUS).with(STATUS_STATUS, status).build();
  }

  /** A call of {@link Items#address}. */
  public static FunctionCall<Order.Address> address(
      Map<String, Integer> counts, List<byte[]> blobs, Order.Address address) {
    return FunctionCall.of(ADDRESS)
        .with(ADDRESS_COUNTS, counts)
        .with(ADDRESS_BLOBS, blobs)
        .with(ADDRESS_ADDRESS, address)
        .build();
  }

  /** A call of {@link Items#echo}. */
  public static FunctionCall<Value> echo(Value module) {
    return FunctionCall.of(ECHO).with(ECHO_MODULE, module).build();
  }

  /** A call of {@link Items#module}. */
  public static FunctionCall<Integer> module(int FIND_, int FunctionCall_) {
    return FunctionCall.of(MODULE_FUNCTION)
        .with(MODULE_FIND_PARAM, FIND_)
        .with(MODULE_FUNCTION_CALL, FunctionCall_)
        .build();
  }

  /** A call of {@link Items#moduleFind}. */
  public static FunctionCall<Boolean> moduleFind(int x) {
    return FunctionCall.of(MODULE_FIND).with(MODULE_FIND_X, x).build();
  }

  /** A call of {@link Items#toString}. */
  public static FunctionCall<Double> toStringCall() {
    return FunctionCall.of(TO_STRING).build();
  }

  /** A call of {@link Items#clear}. */
  public static FunctionCall<@Nullable Void> clear(
      Optional<Id<Item>> theFirstOneWithAVeryLongName,
      Optional<Id<Item>> theSecondOneWithAVeryLongName) {
    return FunctionCall.of(CLEAR)
        .with(CLEAR_THE_FIRST_ONE_WITH_A_VERY_LONG_NAME, theFirstOneWithAVeryLongName)
        .with(CLEAR_THE_SECOND_ONE_WITH_A_VERY_LONG_NAME, theSecondOneWithAVeryLongName)
        .build();
  }
}
