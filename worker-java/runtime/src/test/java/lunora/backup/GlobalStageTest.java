package lunora.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import lunora.error.LunoraException;
import lunora.host.remote.GlobalDatabase;
import lunora.host.remote.GlobalSession;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.Schema;
import lunora.schema.Table;
import lunora.store.TableLayout;
import lunora.testkit.FakeFetcher;
import lunora.testkit.FakeGlobalDatabase;
import lunora.testkit.FakeWorkerHost;
import lunora.wire.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two imports at once: another one may begin between what one asks of the stage and what it does.
 */
class GlobalStageTest {

  record Member(String name) {}

  private static final Field<Member, String> NAME = Field.of("name", Codecs.STRING, Member::name);
  private static final Table<Member> MEMBERS =
      Table.<Member>named("members")
          .field(NAME)
          .global()
          .construct(row -> new Member(row.get(NAME)));

  private static final String STAGED = "\"__lunora_stage.members\"";

  private final FakeGlobalDatabase database = new FakeGlobalDatabase();
  private final GlobalTables tables = new GlobalTables(new Schema(List.of(MEMBERS)));
  private final GlobalStage other = new GlobalStage(tables, session());
  private final FakeWorkerHost host = new FakeWorkerHost(new FakeFetcher());

  /** After so many batches the other import begins, once. */
  private int batchesUntil;

  GlobalStageTest() {
    TableLayout.statements(MEMBERS).forEach(sql -> session().execute(sql));
    host.bind(
        "DB",
        (GlobalDatabase)
            Proxy.newProxyInstance(
                GlobalDatabase.class.getClassLoader(),
                new Class<?>[] {GlobalDatabase.class},
                (proxy, method, args) -> disturbed()));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private GlobalSession session() {
    return database.start(GlobalDatabase.Start.PRIMARY);
  }

  private GlobalSession disturbed() {
    GlobalSession real = session();
    return (GlobalSession)
        Proxy.newProxyInstance(
            GlobalSession.class.getClassLoader(),
            new Class<?>[] {GlobalSession.class},
            (proxy, method, args) -> {
              if (method.getName().equals("batch") && batchesUntil-- == 0) {
                otherBegins();
              }
              try {
                return method.invoke(real, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void otherBegins() {
    other.abort("one");
    other.open("two", "append", "", 1);
    session()
        .execute(
            "INSERT INTO "
                + STAGED
                + " (\"_id\", \"_creationTime\", \"_doc\") VALUES ('two', 2, '{}')");
  }

  private double count(String table) {
    return database.primary().query("SELECT count(*) FROM " + table).number(0, 0);
  }

  private void stage() {
    ImportLines.Line line =
        new ImportLines.Line(
            1, "members", new Value.Obj(Map.of("name", new Value.Str("of the first"))));
    new GlobalImport(tables, host)
        .stage(
            List.of(line),
            new ImportSession.Begin("one", "append", ""),
            new ImportReport(1, List.of()));
  }

  private void isRefused(Runnable call) {
    assertEquals("CONFLICT", assertThrows(LunoraException.class, call::run).code());
    assertNotNull(other.terms("two"));
    assertEquals(1, count(STAGED));
    assertEquals(0, count("members"));
  }

  @Test
  void whoBeginsDoesNotEndAnotherThatHasBegunMeanwhile() {
    batchesUntil = 0;
    isRefused(this::stage);
  }

  @Test
  void rowsDoNotGetAmongThoseOfAnother() {
    batchesUntil = 1;
    isRefused(this::stage);
  }

  @Test
  void whoGoesOnDoesNotBecomeASecondOne() {
    batchesUntil = 2;
    stage();
    isRefused(this::stage);
    assertEquals(1, count("\"__lunora_stage\""));
  }

  @Test
  void rowsOfAnotherAreNotPutInPlace() {
    batchesUntil = 2;
    stage();
    isRefused(
        () ->
            new GlobalImport(tables, host)
                .commit("one", "append", List.of(), new ImportReport(0, List.of())));
  }

  @Test
  void anotherIsNotAborted() {
    batchesUntil = 2;
    stage();
    isRefused(() -> new GlobalStage(tables, disturbed()).abort("one"));
  }
}
