package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * What started a workflow.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workflows/build/workers-api/#workflowevent">Cloudflare
 *     documentation</a>
 */
public interface JsWorkflowEvent extends JSObject {

  @JSProperty
  @Nullable JSObject getPayload();

  @JSProperty
  JsDate getTimestamp();

  @JSProperty
  String getInstanceId();
}
