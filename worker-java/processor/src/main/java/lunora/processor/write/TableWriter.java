package lunora.processor.write;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import lunora.processor.model.ClassName;
import lunora.processor.model.DocumentModel;
import lunora.processor.model.IndexModel;
import lunora.processor.model.IndexModel.Uniqueness;

/** Writes {@code XTable}: the fields, indexes and table of a document. */
public final class TableWriter {

  private static final String TABLE = "TABLE";

  private final DocumentModel document;
  private final SourceFile file;
  private final ConstantNames names;
  private final RecordFields fields;
  private final String recordName;

  private TableWriter(DocumentModel document, Predicate<ClassName> exists) {
    this.document = document;
    this.file = new SourceFile(document.generated(), document.record().element(), exists);
    this.recordName = file.imports().use(document.record().name());
    this.names = new ConstantNames();
    names.reserve(TABLE);
    names.reserve(document.record().name().outermost());
    this.fields = new RecordFields(file, document.record(), names);
  }

  public static SourceFile write(DocumentModel document, Predicate<ClassName> exists) {
    TableWriter writer = new TableWriter(document, exists);
    writer.write();
    return writer.file;
  }

  private void write() {
    file.describe("Table {@code " + document.table() + "}, made from {@link " + recordName + "}.");
    fields.writeConstants();
    List<Layout> calls = new ArrayList<>(fields.fieldCalls());
    for (IndexModel index : document.indexes()) {
      String constant = names.claim(index.name(), "_INDEX");
      writeIndex(index, constant);
      calls.add(Layout.text(".index(" + constant + ")"));
    }
    if (document.shardBy().isPresent()) {
      calls.add(Layout.text(".shardBy(" + fields.constant(document.shardBy().get()) + ")"));
    }
    if (document.tier() == DocumentModel.Tier.GLOBAL) {
      calls.add(Layout.text(".global()"));
    }
    if (document.guard() == DocumentModel.Guard.RLS) {
      calls.add(Layout.text(".rls()"));
    }
    calls.add(fields.constructCall());
    writeTable(calls);
  }

  private void writeIndex(IndexModel index, String constant) {
    String type = file.imports().use(LunoraNames.INDEX);
    List<Layout> arguments = new ArrayList<>();
    arguments.add(Layout.text(Literals.quote(index.name())));
    for (String field : index.on()) {
      arguments.add(Layout.text(fields.constant(field)));
    }
    String factory = index.uniqueness() == Uniqueness.UNIQUE ? ".unique" : ".on";
    file.constant(
        "Index {@code " + index.name() + "} of {@link " + recordName + "}.",
        type + "<" + recordName + "> " + constant,
        Layout.call(type + factory, arguments));
  }

  private void writeTable(List<Layout> calls) {
    String type = file.imports().use(LunoraNames.TABLE);
    String head = type + ".<" + recordName + ">named";
    Layout name = Layout.text(Literals.quote(document.table()));
    file.constant(
        "The table of {@link " + recordName + "} documents.",
        type + "<" + recordName + "> " + TABLE,
        Layout.chain(Layout.call(head, List.of(name)), calls));
  }
}
