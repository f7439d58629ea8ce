package lunora.host.local;

import lunora.wire.JsonSink;
import lunora.wire.JsonText;

/** Splices JSON texts natively, so that a frame around a ready row costs no copy in Java. */
public interface JsonTexts {

  /** A fresh sink. */
  JsonSink sink();

  /** The texts one after another, without separators. */
  JsonText concat(JsonText... parts);
}
