package lunora.bridge.workers;

import lunora.bridge.raw.JsAi;
import lunora.bridge.raw.JsReadableStream;
import lunora.bridge.value.Js;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * Models that Cloudflare runs. Every method suspends.
 *
 * @see <a href="https://developers.cloudflare.com/workers-ai/configuration/bindings/">Workers
 *     AI</a>
 */
public final class WorkersAi {

  private final JsAi js;

  WorkersAi(JsAi js) {
    this.js = js;
  }

  /**
   * Runs a model.
   *
   * @param model such as {@code @cf/meta/llama-3.1-8b-instruct}
   * @param inputs a JSON object that the model's page describes
   * @return what that page says; null where it is no JSON
   */
  public @Nullable JsonText run(String model, JsonText inputs) {
    JSObject parsed = JsonValues.parsed(inputs);
    return JsonValues.text(Js.await(() -> js.run(model, parsed)));
  }

  /**
   * Runs a model that answers with bytes as they come: an image, or server-sent events where the
   * inputs have {@code stream: true}.
   *
   * @throws IllegalStateException when it answers otherwise
   */
  public ByteStream stream(String model, JsonText inputs) {
    JSObject parsed = JsonValues.parsed(inputs);
    JsReadableStream stream = stream(Js.await(() -> js.run(model, parsed)));
    if (stream == null) {
      throw new IllegalStateException(model + " does not answer with a stream");
    }
    return new ByteStream(stream);
  }

  @JSBody(params = "value", script = "return value instanceof ReadableStream ? value : null;")
  private static native @Nullable JsReadableStream stream(@Nullable JSObject value);
}
