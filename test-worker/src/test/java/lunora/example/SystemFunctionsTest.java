package lunora.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lunora.error.LunoraException;
import lunora.test.TestBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemFunctionsTest {

  private final TestBackend backend = TestBackend.of(ChatModule.create());

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void pingAnswersPong() {
    assertEquals("pong", backend.query(SystemFunctionsFunctions.ping()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[1,2.5,-1]",
        "{\"__proto__\":{\"a\":1}}",
        "[\"$lunora.wire$\",\"bigint\",\"123456789012345678901234567890\"]",
        "[\"$lunora.wire$\",\"nan\"]",
        "[\"$lunora.wire$\",\"undefined\"]",
        "[\"$lunora.wire$\",\"arr\",[\"$lunora.wire$\",\"x\"]]"
      })
  void anyValueComesBackAsItWent(String wire) {
    String body = "{\"functionPath\":\"system:echo\",\"args\":{\"value\":" + wire + "}}";
    assertEquals("{\"result\":" + wire + "}", backend.rpc(body).body());
  }

  @Test
  void theInternalFunctionIsNobodysBusiness() {
    LunoraException refused = backend.rpc("{\"functionPath\":\"system:secretInternal\"}").refusal();
    assertEquals("FUNCTION_NOT_FOUND", refused.code());
    assertEquals(404, refused.status());
  }

  @Test
  void anActionFetchesFromItsOwnOriginOnly() {
    backend.network().answer(TestBackend.ORIGIN + "/_lunora/status", 200);
    assertEquals(200, backend.action(SystemFunctionsFunctions.fetchStatus("/_lunora/status")));
    LunoraException refused =
        assertThrows(
            LunoraException.class,
            () -> backend.action(SystemFunctionsFunctions.fetchStatus("https://evil.test/")));
    assertEquals("BAD_REQUEST", refused.code());
    assertEquals(1, backend.network().requested().size());
  }
}
