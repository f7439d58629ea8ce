package lunora.processor.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import lunora.processor.model.DocumentModel;
import lunora.processor.model.DocumentModel.Guard;
import lunora.processor.model.IndexModel;
import lunora.processor.model.RecordModel;

/** Reads a {@code @Document}. */
public final class DocumentReader {

  private final Compilation compilation;
  private final ShapeReader shapes;

  public DocumentReader(Compilation compilation, ShapeReader shapes) {
    this.compilation = compilation;
    this.shapes = shapes;
  }

  /** The document, or empty after an error. */
  public Optional<DocumentModel> read(Element element) {
    Mark mark = Mark.on(element, Api.DOCUMENT).orElseThrow();
    if (element.getKind() != ElementKind.RECORD) {
      compilation.report().error(mark, "@Document stands on a record; make this one a record");
      return Optional.empty();
    }
    TypeElement type = (TypeElement) element;
    boolean plain = compilation.isPlain(type, "a @Document record");
    Optional<String> table = table(mark);
    Optional<String> shardBy = mark.text("shardBy").filter(text -> !text.isEmpty());
    boolean sharded = shardBy.isEmpty() || isComponent(mark, shardBy.get(), type);
    boolean global = mark.isTrue("global");
    if (global && shardBy.isPresent()) {
      String message = "a global table is in no shard: remove shardBy or global";
      compilation.report().error(mark, mark.value("shardBy"), message);
      sharded = false;
    }
    if (!plain) {
      return Optional.empty();
    }
    Optional<RecordModel> record = shapes.record(type);
    Optional<List<IndexModel>> indexes = new IndexReader(compilation.report(), type, record).read();
    if (table.isEmpty() || !sharded || record.isEmpty() || indexes.isEmpty()) {
      return Optional.empty();
    }
    DocumentModel.Tier tier = global ? DocumentModel.Tier.GLOBAL : DocumentModel.Tier.SHARD;
    Guard guard = mark.isTrue("rls") ? Guard.RLS : Guard.OPEN;
    return Optional.of(
        new DocumentModel(record.get(), table.get(), tier, shardBy, guard, indexes.get()));
  }

  private Optional<String> table(Mark mark) {
    Optional<String> table = mark.text("table");
    if (table.isPresent() && !NameRules.isDeclarable(table.get())) {
      String message = "table name \"" + table.get() + "\": " + NameRules.DECLARED;
      compilation.report().error(mark, mark.value("table"), message);
      return Optional.empty();
    }
    return table;
  }

  private boolean isComponent(Mark mark, String name, TypeElement type) {
    List<String> names = components(type);
    if (names.contains(name)) {
      return true;
    }
    String message = "no component named " + name + NameRules.suggestion(name, names);
    compilation.report().error(mark, mark.value("shardBy"), message);
    return false;
  }

  static List<String> components(TypeElement type) {
    List<String> names = new ArrayList<>();
    for (RecordComponentElement component : type.getRecordComponents()) {
      names.add(component.getSimpleName().toString());
    }
    return names;
  }
}
