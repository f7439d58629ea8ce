/**
 * The backend harness for an app's own tests: the app as it is deployed, on the JVM, with real
 * SQLite, a clock that the test moves, and live queries that can be asserted on.
 *
 * <pre>{@code
 * class MessagesTest {
 *   private final TestBackend backend = TestBackend.of(ChatModule.create());
 *
 *   @AfterEach
 *   void close() {
 *     backend.close();
 *   }
 *
 *   @Test
 *   void aMessageReachesWhoWatchesItsChannel() {
 *     LiveQuery<List<Doc<Message>>> live = backend.subscribe(MessagesFunctions.list("general", 50));
 *     assertEquals(0, live.current().size());
 *
 *     backend.mutation(MessagesFunctions.send("general", "ann", "hello"));
 *     assertEquals("hello", live.current().get(0).value().body());
 *
 *     backend.mutation(MessagesFunctions.send("random", "ann", "elsewhere"));
 *     live.expectNothing();
 *
 *     backend.hibernate(); // evicted from memory; sockets and storage stay
 *     backend.mutation(MessagesFunctions.send("general", "bob", "still there?"));
 *     assertEquals(2, live.current().size());
 *   }
 * }
 * }</pre>
 *
 * <p>Calls and sockets take the whole way a client's do: JSON through the Worker's edge to the
 * shard and back, so what a test sees is what a client sees. Uses {@code boot} and the testkit;
 * used by apps.
 */
@NullMarked
package lunora.test;

import org.jspecify.annotations.NullMarked;
