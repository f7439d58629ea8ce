package lunora.processor.step;

import lunora.processor.model.ClassName;
import lunora.processor.model.ShapeModel;
import lunora.processor.model.ValueType.Holder;
import lunora.processor.write.CodecWriter;

/** Records and sealed interfaces that documents and functions name: generates {@code XCodec}. */
final class CodecStep {

  private final Session session;

  CodecStep(Session session) {
    this.session = session;
  }

  /** Runs last of the readers: the others find the types. */
  void run() {
    for (ShapeModel shape : session.shapes().codecs()) {
      ClassName generated = shape.name().generated(Holder.CODEC.suffix());
      if (session.unique().generated(generated, shape.element())) {
        session.write(CodecWriter.write(shape, session.compilation()::exists));
      }
    }
  }
}
