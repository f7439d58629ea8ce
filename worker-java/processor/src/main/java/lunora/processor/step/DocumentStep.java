package lunora.processor.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import lunora.processor.check.Api;
import lunora.processor.check.DocumentReader;
import lunora.processor.model.ClassName;
import lunora.processor.model.DocumentModel;
import lunora.processor.write.TableWriter;

/** {@code @Document}: generates {@code XTable}. */
final class DocumentStep {

  private final Session session;

  DocumentStep(Session session) {
    this.session = session;
  }

  /** The generated classes. */
  List<ClassName> run() {
    List<ClassName> generated = new ArrayList<>();
    DocumentReader reader = new DocumentReader(session.compilation(), session.shapes());
    for (Element element : session.compilation().annotated(Api.DOCUMENT)) {
      Optional<DocumentModel> document = reader.read(element);
      if (document.isPresent() && isUnique(document.get())) {
        session.write(TableWriter.write(document.get(), session.compilation()::exists));
        generated.add(document.get().generated());
      }
    }
    return generated;
  }

  private boolean isUnique(DocumentModel document) {
    boolean table = session.unique().table(document);
    return session.unique().generated(document.generated(), document.record().element()) && table;
  }
}
