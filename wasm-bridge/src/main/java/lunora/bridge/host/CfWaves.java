package lunora.bridge.host;

import lunora.bridge.raw.JsDurableObjectNamespace;
import lunora.bridge.raw.JsPromise;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * Posts to many shards, a few at a time and each within its time: the platform keeps six
 * connections of a request open, and what comes beyond them waits where nobody sees it.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/platform/limits/#simultaneous-open-connections">Limits</a>
 */
final class CfWaves {

  /** The status of a post that was not answered in time. */
  static final int TIMED_OUT = -1;

  private CfWaves() {}

  /**
   * A promise of all replies, in the order of the posts; it never rejects. A reply that comes after
   * its time is dropped, and its request aborted.
   *
   * @param posts an array of {@code {key, url, init}}
   */
  @JSBody(
      params = {"namespace", "posts", "atOnce", "timeoutMs"},
      script =
          "var settled = [], next = 0;"
              + "function post(each) {"
              + "  var failed = function (e) { return { status: 0, text: String(e), bookmark: null }; };"
              + "  var controller = new AbortController(), timer;"
              + "  each.init.signal = controller.signal;"
              + "  var late = new Promise(function (resolve) {"
              + "    timer = setTimeout(function () {"
              + "      resolve({ status: -1, text: '', bookmark: null }); controller.abort(); }, timeoutMs); });"
              + "  var answer;"
              + "  try { var stub = typeof namespace.getByName === 'function'"
              + "    ? namespace.getByName(each.key)"
              + "    : namespace.get(namespace.idFromName(each.key));"
              + "    answer = stub.fetch(each.url, each.init).then(function (response) {"
              + "      return response.text().then(function (text) {"
              + "        return { status: response.status, text: text,"
              + "          bookmark: response.headers.get('x-d1-bookmark') }; }); }).catch(failed);"
              + "  } catch (e) { answer = failed(e); }"
              + "  return Promise.race([answer, late]).then(function (reply) {"
              + "    clearTimeout(timer); return reply; }); }"
              + "function run() {"
              + "  if (next >= posts.length) return undefined;"
              + "  var at = next++;"
              + "  return post(posts[at]).then(function (reply) {"
              + "    settled[at] = reply; return run(); }); }"
              + "var running = [];"
              + "for (var i = 0; i < atOnce; i++) running.push(run());"
              + "return Promise.all(running).then(function () { return settled; });")
  static native JsPromise send(
      JsDurableObjectNamespace namespace, JSObject posts, int atOnce, double timeoutMs);
}
