package lunora.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lunora.error.LunoraException;
import lunora.schema.Id;
import lunora.test.VaultApp.Secret;
import lunora.testkit.FakeSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories of users who share rows and take them back: no frame holds another's row. */
class PolicyHistoryTest {

  private static final List<String> USERS = List.of("ann", "bob", "cy");
  private static final int OPERATIONS = 150;
  private static final Pattern SECRET = Pattern.compile("secret-(\\d+)-");

  /** What a row holds now. */
  private record Row(String owner, String reader, int secret) {

    boolean isSeenBy(String user) {
      return owner.equals(user) || reader.equals(user);
    }
  }

  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Map<String, List<FakeSocket>> sockets = new LinkedHashMap<>();
  private int secrets;
  private int framesSeen;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noFrameHoldsAnothersRow(long seed) {
    Random random = new Random(seed);
    try (TestBackend backend = TestBackend.of(VaultApp.module())) {
      for (String user : USERS) {
        sockets.put(
            user, List.of(watch(backend.as(user), ""), watch(backend.as(user), "pageDelta")));
      }
      for (int i = 0; i < OPERATIONS; i++) {
        operate(backend, random);
        if (random.nextInt(10) == 0) {
          backend.hibernate();
        }
        checkFrames("seed " + seed + ", operation " + i);
        checkCounts(backend);
      }
    }
    assertTrue(framesSeen > OPERATIONS, "frames were sent: " + framesSeen);
  }

  private static FakeSocket watch(TestClient client, String capability) {
    FakeSocket socket = client.openSocket();
    client.send(
        socket, "{\"type\":\"connect\",\"id\":\"connect\",\"caps\":[\"" + capability + "\"]}");
    for (int way = 0; way < VaultApp.WAYS; way++) {
      client.send(
          socket,
          "{\"type\":\"subscribe\",\"id\":\"q%d\",\"query\":{\"functionPath\":\"vault:read\",\"args\":{\"way\":%d}}}"
              .formatted(way, way));
    }
    client.send(
        socket,
        "{\"type\":\"shape_subscribe\",\"id\":\"s\",\"shape\":{\"name\":\"vault\",\"args\":{}}}");
    return socket;
  }

  private void operate(TestBackend backend, Random random) {
    String user = USERS.get(random.nextInt(USERS.size()));
    String reader = USERS.get(random.nextInt(USERS.size()));
    TestClient client = backend.as(user);
    int choice = random.nextInt(5);
    if (choice < 2 || rows.isEmpty()) {
      Row row = new Row(user, choice == 0 ? reader : "", ++secrets);
      Id<Secret> id = client.mutation(VaultApp.put(row.reader(), textOf(row)));
      rows.put(id.value(), row);
      return;
    }
    List<String> ids = new ArrayList<>(rows.keySet());
    String id = ids.get(random.nextInt(ids.size()));
    Row before = Objects.requireNonNull(rows.get(id));
    Row after = new Row(before.owner(), choice == 2 ? reader : "", ++secrets);
    try {
      if (choice == 4) {
        client.mutation(VaultApp.remove(new Id<>(id)));
        rows.remove(id);
      } else {
        client.mutation(VaultApp.share(new Id<>(id), after.reader(), textOf(after)));
        rows.put(id, after);
      }
      assertEquals(user, before.owner());
    } catch (LunoraException refused) {
      assertEquals(before.isSeenBy(user) ? "FORBIDDEN" : "NOT_FOUND", refused.code());
    }
  }

  private static String textOf(Row row) {
    return "secret-" + row.secret() + "-";
  }

  private void checkFrames(String when) {
    sockets.forEach((user, own) -> own.forEach(socket -> checkFrames(user, socket, when)));
  }

  private void checkFrames(String user, FakeSocket socket, String when) {
    assertTrue(socket.isOpen(), when);
    for (String frame : socket.drain()) {
      framesSeen++;
      assertTrue(!frame.contains("\"error\""), when + ": " + frame);
      Matcher named = SECRET.matcher(frame);
      while (named.find()) {
        int secret = Integer.parseInt(named.group(1));
        boolean seen =
            rows.values().stream().anyMatch(row -> row.secret() == secret && row.isSeenBy(user));
        assertTrue(seen, when + ", " + user + ": " + frame);
      }
    }
  }

  private void checkCounts(TestBackend backend) {
    for (String user : USERS) {
      long seen = rows.values().stream().filter(row -> row.isSeenBy(user)).count();
      assertEquals((int) seen, backend.as(user).query(VaultApp.count()));
    }
  }
}
