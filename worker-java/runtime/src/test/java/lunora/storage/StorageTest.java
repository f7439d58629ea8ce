package lunora.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lunora.api.FileUpload;
import lunora.api.StorageAccess;
import lunora.api.StorageRule;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.outbox.Effect;
import lunora.testkit.FakeBlobBucket;
import lunora.testkit.FakeFetcher;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeWorkerHost;
import lunora.wire.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs, the route that honours them, rules and deletes. */
class StorageTest {

  private static final String ORIGIN = "https://App.test:8443";

  private final FakeWorkerHost host = new FakeWorkerHost(new FakeFetcher());
  private final FakeBlobBucket bucket = new FakeBlobBucket(host.clock());
  private final RemoteStorage storage = storage(Map.of());

  StorageTest() {
    host.set("LUNORA_STORAGE_SECRET", "a storage secret that nobody guesses, ever");
    host.bind("FILES", bucket);
  }

  private RemoteStorage storage(Map<String, StorageRule> rules) {
    return new RemoteStorage(host, ORIGIN, host.clock(), Optional.empty(), rules);
  }

  private HttpResponse put(String url, String type, String body) {
    return StorageRoute.answer(
        FakeHttpRequest.of("PUT", url)
            .header("content-type", type)
            .header("content-length", String.valueOf(body.length()))
            .body(body),
        host);
  }

  private String refused(Runnable call) {
    return assertThrows(LunoraException.class, call::run).code();
  }

  @Test
  void whatIsUploadedIsDownloaded() {
    String url = storage.uploadUrl(FileUpload.of("a b/ö+.txt", "text/plain", 5));
    assertTrue(url.startsWith(ORIGIN + "/_lunora/storage/a%20b/%C3%B6%2B.txt?exp="), url);
    assertEquals(200, put(url, "text/plain", "hello").status());
    assertEquals(List.of("a b/ö+.txt"), bucket.keys());
    FakeHttpRequest get = FakeHttpRequest.get(storage.downloadUrl("a b/ö+.txt", 60));
    assertEquals(200, StorageRoute.answer(get, host).status());
  }

  @Test
  void anUploadIsWhatWasAnnouncedOrNothing() {
    String url = storage.uploadUrl(FileUpload.of("a", "image/png", 5));
    assertEquals("INVALID_INPUT", refused(() -> put(url, "text/html", "hello")));
    assertEquals("INVALID_INPUT", refused(() -> put(url, "image/png", "hello!")));
    assertEquals("INVALID_INPUT", refused(() -> put(url, "image/png", "hell")));
    assertEquals(List.of(), bucket.keys());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exp=1",
        "method=PUT",
        "sig=AAAA",
        "sig=%25",
        "ct=text/html&size=5",
        "size=5",
        "exp=x"
      })
  void whatIsNotSignedIsForbidden(String change) {
    put(storage.uploadUrl(FileUpload.of("a", "text/plain", 5)), "text/plain", "hello");
    String url = storage.downloadUrl("a", 60);
    // The first of two parameters counts.
    String changed = url.replace("?", "?" + change + "&");
    assertEquals(
        "FORBIDDEN", refused(() -> StorageRoute.answer(FakeHttpRequest.get(changed), host)));
  }

  @Test
  void aUrlIsForItsKeyHostMethodAndTime() {
    put(storage.uploadUrl(FileUpload.of("a", "text/plain", 5)), "text/plain", "hello");
    String url = storage.downloadUrl("a", 60);
    String otherKey = url.replace("/storage/a?", "/storage/b?");
    String otherHost = url.replace("8443", "8444");
    for (String each : List.of(otherKey, otherHost)) {
      assertEquals(
          "FORBIDDEN", refused(() -> StorageRoute.answer(FakeHttpRequest.get(each), host)));
    }
    assertEquals("FORBIDDEN", refused(() -> put(url, "text/plain", "hello")));
    host.clock().advance(62_000);
    assertEquals("FORBIDDEN", refused(() -> StorageRoute.answer(FakeHttpRequest.get(url), host)));
  }

  @Test
  void theLongestBeginningRules() {
    StorageRule readOnly = (caller, access, key) -> access == StorageAccess.READ;
    RemoteStorage ruled = storage(Map.of("a/", (c, access, k) -> true, "a/b/", readOnly));
    assertFalse(ruled.uploadUrl(FileUpload.of("a/c", "text/plain", 1)).isEmpty());
    assertFalse(ruled.downloadUrl("a/b/c", 1).isEmpty());
    assertEquals(
        "FORBIDDEN", refused(() -> ruled.uploadUrl(FileUpload.of("a/b/c", "text/plain", 1))));
    assertEquals("FORBIDDEN", refused(() -> ruled.downloadUrl("b", 1)));
  }

  @Test
  void whatCannotBeIsRefused() {
    for (String key : List.of("", "/a", "a//b", "a/../b", "a\nb", "ö".repeat(513))) {
      assertEquals("VALIDATION_ERROR", refused(() -> storage.downloadUrl(key, 1)), key);
    }
    assertEquals("VALIDATION_ERROR", refused(() -> storage.downloadUrl("a", 0)));
    assertEquals("VALIDATION_ERROR", refused(() -> storage.downloadUrl("a", 604_801)));
    for (String type : List.of("", "text/plain\nPUT", " a", "ö")) {
      assertEquals(
          "VALIDATION_ERROR", refused(() -> storage.uploadUrl(FileUpload.of("a", type, 1))));
    }
    assertEquals(
        "STORAGE_NOT_CONFIGURED",
        refused(() -> storage.directUploadUrl(FileUpload.of("a", "text/plain", 1))));
  }

  @Test
  void aDeleteThatComesTwiceDeletesOnce() {
    put(storage.uploadUrl(FileUpload.of("a", "text/plain", 5)), "text/plain", "hello");
    put(storage.uploadUrl(FileUpload.of("b", "text/plain", 5)), "text/plain", "hello");
    Effect effect = new Effect("1", JsonText.of("\"a\""));
    new StorageDeletes().deliver(List.of(effect, effect), host);
    new StorageDeletes().deliver(List.of(effect), host);
    assertEquals(List.of("b"), bucket.keys());
  }
}
