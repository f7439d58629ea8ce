package lunora.processor.step;

import java.io.IOException;
import java.io.Writer;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;
import lunora.processor.check.Compilation;
import lunora.processor.check.ShapeReader;
import lunora.processor.check.UniqueCheck;
import lunora.processor.write.SourceFile;

/** What the steps of one compilation share. */
record Session(Compilation compilation, ShapeReader shapes, UniqueCheck unique, Filer filer) {

  Session(Compilation compilation, Filer filer) {
    this(compilation, new ShapeReader(compilation), new UniqueCheck(compilation), filer);
  }

  void write(SourceFile file) {
    Element[] origins = file.origins().toArray(new Element[0]);
    try (Writer out = filer.createSourceFile(file.name().qualified(), origins).openWriter()) {
      out.write(file.text());
    } catch (IOException e) {
      String message = "cannot write " + file.name().qualified() + ": " + e.getMessage();
      compilation.report().error(origins[0], message);
    }
  }
}
