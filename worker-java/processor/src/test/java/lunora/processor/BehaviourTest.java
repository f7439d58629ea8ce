package lunora.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import lunora.api.AppModule;
import lunora.api.Args;
import lunora.api.FunctionCall;
import lunora.api.FunctionDescriptor;
import lunora.api.FunctionPath;
import lunora.api.Param;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.schema.FieldPath;
import lunora.schema.Id;
import lunora.schema.ObjectCodec;
import lunora.schema.Table;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The generated code of the goldens, loaded and called. */
final class BehaviourTest {

  private static ClassLoader loader = BehaviourTest.class.getClassLoader();

  @BeforeAll
  static void compile() throws Exception {
    Map<String, String> sources =
        new TreeMap<>(GoldenTest.read(Path.of("src/test/golden/chat/input")));
    Map<String, String> types = GoldenTest.read(Path.of("src/test/golden/types/input"));
    types.remove("shop/Shop.java");
    sources.putAll(types);
    loader = Compilation.of(sources).classLoader();
  }

  @SuppressWarnings("unchecked")
  private static <T> T constant(String owner, String name) throws Exception {
    Field field = Class.forName(owner, true, loader).getField(name);
    return (T) field.get(null);
  }

  private static Value.Obj wire(String json) {
    return (Value.Obj) WireCodec.decode(Json.read(json));
  }

  private static String json(Value value) {
    JsonWriter out = new JsonWriter();
    WireCodec.write(value, out);
    return out.finish().toString();
  }

  private static String refused(FunctionDescriptor<?> function, String args) {
    LunoraException error =
        assertThrows(LunoraException.class, () -> function.signature().read(wire(args)));
    assertEquals(ErrorCode.VALIDATION_ERROR.name(), error.code());
    return String.valueOf(error.getMessage());
  }

  @Test
  void moduleHasEverything() throws Exception {
    AppModule module =
        (AppModule) Class.forName("chat.ChatModule", true, loader).getMethod("create").invoke(null);
    assertEquals(
        "[messages, orders, hidden, items]",
        module.schema().tables().stream().map(Table::name).toList().toString());
    assertEquals(13, module.queries().size());
    assertEquals(5, module.mutations().size());
    assertEquals(1, module.actions().size());
    assertEquals(2, module.streams().size());
  }

  @Test
  void rowRoundTrips() throws Exception {
    Table<Object> table = constant("chat.MessageTable", "TABLE");
    String fields = "\"channel\":\"general\",\"author\":\"ann\",\"body\":\"hi\"";
    Object message =
        table.codec().read(wire("{" + fields + ",\"other\":1}"), FieldPath.root("row"));
    assertEquals("Message[channel=general, author=ann, body=hi]", message.toString());
    String row = table.row(new Id<>("m1"), 7, message, new JsonWriter()).toString();
    assertEquals("{\"_id\":\"m1\",\"_creationTime\":7," + fields + "}", row);
    assertEquals("by_channel", table.indexes().get(0).name());
    assertEquals("channel", table.shardKey().orElseThrow().name());
  }

  @Test
  void argumentsAreValidated() throws Exception {
    FunctionDescriptor<?> send = constant("chat.MessagesFunctions", "SEND");
    assertEquals("args.channel: is required", refused(send, "{}"));
    assertEquals(
        "args.author: expected string, got number",
        refused(send, "{\"channel\":\"c\",\"author\":1,\"body\":\"b\"}"));
    assertEquals(
        "args.author: length 0 is not within 1 to 40 characters",
        refused(send, "{\"channel\":\"c\",\"author\":\"\",\"body\":\"b\"}"));
  }

  @Test
  void defaultsAndNullableCursor() throws Exception {
    FunctionDescriptor<?> list = constant("chat.MessagesFunctions", "LIST");
    Param<String> cursor = constant("chat.MessagesFunctions", "LIST_CURSOR");
    Param<Integer> numItems = constant("chat.MessagesFunctions", "LIST_NUM_ITEMS");
    Args args = list.signature().read(wire("{\"channel\":\"c\",\"cursor\":null}"));
    assertNull(args.get(cursor));
    assertEquals(50, args.get(numItems));
    assertEquals("args.cursor: is required", refused(list, "{\"channel\":\"c\"}"));
    assertEquals(
        "args.numItems: is not within 1 to 100",
        refused(list, "{\"channel\":\"c\",\"cursor\":null,\"numItems\":0}"));
  }

  @Test
  void callsCarryArguments() throws Exception {
    Class<?> functions = Class.forName("chat.MessagesFunctions", true, loader);
    FunctionCall<?> send =
        (FunctionCall<?>)
            functions
                .getMethod("send", String.class, String.class, String.class)
                .invoke(null, "general", "ann", "hi");
    assertEquals(new FunctionPath("messages:send"), send.path());
    assertEquals("{\"channel\":\"general\",\"author\":\"ann\",\"body\":\"hi\"}", json(send.args()));
    FunctionCall<?> list =
        (FunctionCall<?>)
            functions
                .getMethod("list", String.class, String.class, int.class)
                .invoke(null, "general", null, 10);
    assertEquals("{\"channel\":\"general\",\"cursor\":null,\"numItems\":10}", json(list.args()));
  }

  @Test
  void visibility() throws Exception {
    FunctionDescriptor<?> remove = constant("chat.MessagesFunctions", "REMOVE");
    FunctionDescriptor<?> send = constant("chat.MessagesFunctions", "SEND");
    assertEquals(FunctionDescriptor.Visibility.INTERNAL, remove.signature().visibility());
    assertEquals(FunctionDescriptor.Visibility.PUBLIC, send.signature().visibility());
  }

  @Test
  void everyTypeRoundTrips() throws Exception {
    Table<Object> table = constant("shop.OrderTable", "TABLE");
    ObjectCodec<Object> codec = table.codec();
    String given =
        """
        {"number":"n","paid":true,"count":1,"boxed":2,"balance":["$lunora.wire$","bigint","3"],\
        "discount":0.5,"total":["$lunora.wire$","bigint","4"],"placedAt":5,\
        "signature":["$lunora.wire$","bytes","AQI="],"photo":null,"status":"SHIPPED","due":6,\
        "note":"","rate":1,"priority":["$lunora.wire$","bigint","8"],\
        "serial":["$lunora.wire$","bigint","9"],"open":false,"item":"i1","country":"ch",\
        "digit":null,"addresses":[{"town":"Bern"},{"street":"A","town":"Thun"}],\
        "byShelf":{"a":["i2"]},"payment":{"type":"Card","digits":"42"},"copy":{"name":"x"},\
        "billing":{"town":"Biel"},"extra":[1,null],"table":"t","TABLE":"T","urlPath":"1",\
        "urlpath":"2","url_path":"3"}""";
    Object order = codec.read(wire(given), FieldPath.root("row"));
    JsonWriter out = new JsonWriter();
    codec.write(order, out);
    assertEquals(given, out.finish().toString());
  }

  @Test
  void absentFieldsReadAsDefaults() throws Exception {
    FunctionDescriptor<?> status = constant("shop.stock.ItemsFunctions", "STATUS");
    Param<Object> param = constant("shop.stock.ItemsFunctions", "STATUS_STATUS");
    assertEquals("SHIPPED", status.signature().read(wire("{}")).get(param).toString());
  }

  @Test
  void handlersCallTheMethods() throws Exception {
    FunctionDescriptor.OfQuery<Object> query =
        constant("shop.stock.ItemsFunctions", "NAME_OR_NULL");
    Args args = query.signature().read(wire("{}"));
    assertNull(query.handler().handle(new NoContext(), args));
  }
}
