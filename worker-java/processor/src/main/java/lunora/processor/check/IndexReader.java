package lunora.processor.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;
import lunora.processor.model.FieldModel;
import lunora.processor.model.IndexModel;
import lunora.processor.model.IndexModel.Uniqueness;
import lunora.processor.model.RecordModel;

/** Reads the {@code @Index} annotations of one document. */
final class IndexReader {

  private final Report report;
  private final TypeElement type;
  private final Optional<RecordModel> record;
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> columns = new HashMap<>();
  private boolean clean = true;

  /**
   * A reader for the document.
   *
   * @param record empty when a component is at fault; then only the names are checked
   */
  IndexReader(Report report, TypeElement type, Optional<RecordModel> record) {
    this.report = report;
    this.type = type;
    this.record = record;
  }

  /** The indexes, or empty after an error. */
  Optional<List<IndexModel>> read() {
    List<IndexModel> indexes = new ArrayList<>();
    for (Mark mark : marks()) {
      indexes.add(index(mark));
    }
    return clean ? Optional.of(List.copyOf(indexes)) : Optional.empty();
  }

  private List<Mark> marks() {
    List<Mark> marks = new ArrayList<>();
    Mark.on(type, Api.INDEX).ifPresent(marks::add);
    Optional<Mark> several = Mark.on(type, Api.INDEXES);
    if (several.isPresent()) {
      for (AnnotationValue value : several.get().list("value")) {
        if (value.getValue() instanceof AnnotationMirror mirror) {
          marks.add(new Mark(type, mirror));
        }
      }
    }
    return marks;
  }

  private IndexModel index(Mark mark) {
    String name = mark.text("name").orElse("");
    if (!NameRules.isDeclarable(name)) {
      error(mark, mark.value("name"), NameRules.DECLARED);
    }
    if (!names.add(name.toLowerCase(Locale.ROOT))) {
      error(mark, mark.value("name"), "another index has this name; rename one");
    }
    List<String> on = new ArrayList<>();
    for (AnnotationValue value : mark.list("on")) {
      if (value.getValue() instanceof String component) {
        checkComponent(mark, value, component, on);
        on.add(component);
      }
    }
    if (on.isEmpty()) {
      error(mark, mark.value("on"), "it needs at least one component");
    }
    Uniqueness uniqueness = mark.isTrue("unique") ? Uniqueness.UNIQUE : Uniqueness.SHARED;
    return new IndexModel(name, List.copyOf(on), uniqueness);
  }

  private void checkComponent(
      Mark mark, AnnotationValue at, String component, List<String> before) {
    Optional<AnnotationValue> value = Optional.of(at);
    List<String> components = DocumentReader.components(type);
    if (!components.contains(component)) {
      String suggestion = NameRules.suggestion(component, components);
      error(mark, value, "no component named " + component + suggestion);
      return;
    }
    if (before.contains(component)) {
      error(mark, value, component + " stands in it already");
    }
    String other = columns.putIfAbsent(component.toLowerCase(Locale.ROOT), component);
    if (other != null && !other.equals(component)) {
      error(
          mark,
          value,
          "indexed components " + other + " and " + component + " differ by case only");
    }
    if (record.isPresent()) {
      for (FieldModel field : record.get().fields()) {
        if (field.name().equals(component) && !field.type().indexable()) {
          error(
              mark,
              value,
              component + " has no order: a list, map, record or Value cannot be indexed");
        }
      }
    }
  }

  // The name is in the message since javac has no position for one of several @Index: it puts the
  // error at the record.
  private void error(Mark mark, Optional<AnnotationValue> value, String message) {
    report.error(mark, value, "index " + mark.text("name").orElse("") + ": " + message);
    clean = false;
  }
}
