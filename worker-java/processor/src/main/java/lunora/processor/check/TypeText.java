package lunora.processor.check;

import java.util.Map;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/** What messages say about types. */
final class TypeText {

  /** The closed list. */
  static final String LIST =
      "The types are String, boolean, int, long, double, BigInteger, Instant, byte[], enums, Id<T>,"
          + " Optional<V>, List<V>, Map<String, V>, records, sealed interfaces of records and"
          + " lunora.wire.Value.";

  /** The closed list of a result. */
  static final String RESULT_LIST =
      LIST + " A result can also be void, Doc<T>, Optional<Doc<T>>, List<Doc<T>> and Page<Doc<T>>.";

  private static final Pattern PACKAGE = Pattern.compile("\\b[a-z][\\w$]*\\.");

  private static final Map<String, String> ADVICE =
      Map.ofEntries(
          Map.entry("java.lang.Float", "Use double."),
          Map.entry("java.lang.Short", "Use int."),
          Map.entry("java.lang.Byte", "Use int."),
          Map.entry("java.lang.Character", "Use String."),
          Map.entry("java.lang.Void", "Use void."),
          Map.entry("java.lang.Object", "Use lunora.wire.Value for any value."),
          Map.entry("java.lang.Number", "Use double."),
          Map.entry("java.lang.CharSequence", "Use String."),
          Map.entry("java.math.BigDecimal", "Use String or double."),
          Map.entry("java.util.Set", "Use a List."),
          Map.entry("java.util.Collection", "Use a List."),
          Map.entry("java.util.ArrayList", "Use a List."),
          Map.entry("java.util.HashMap", "Use a Map."),
          Map.entry("java.util.UUID", "Use String."),
          Map.entry("java.util.Date", "Use Instant."),
          Map.entry("java.time.LocalDate", "Use String or Instant."),
          Map.entry("java.time.LocalDateTime", "Use Instant."),
          Map.entry("java.time.ZonedDateTime", "Use Instant."),
          Map.entry("java.time.OffsetDateTime", "Use Instant."),
          Map.entry("java.time.Duration", "Use long milliseconds."),
          Map.entry("java.util.OptionalInt", "Use Optional<Integer>."),
          Map.entry("java.util.OptionalLong", "Use Optional<Long>."),
          Map.entry("java.util.OptionalDouble", "Use Optional<Double>."));

  private TypeText() {}

  /** The type without packages and annotations. */
  static String of(TypeMirror type) {
    String text = type.toString().replaceAll("@[\\w.$]+(\\([^)]*\\))? ?", "");
    return PACKAGE.matcher(text).replaceAll("").replace(",", ", ");
  }

  /** What to use in the place of a class. */
  static String advice(TypeElement type) {
    String known = ADVICE.get(type.getQualifiedName().toString());
    if (known != null) {
      return known;
    }
    if (type.getQualifiedName().toString().startsWith("lunora.wire.Value.")) {
      return "Use lunora.wire.Value itself.";
    }
    if (type.getQualifiedName().toString().startsWith("java.")) {
      return "";
    }
    if (type.getKind() == ElementKind.RECORD || !type.getPermittedSubclasses().isEmpty()) {
      return "It was compiled elsewhere: declare a record of your own for it.";
    }
    if (type.getKind() == ElementKind.INTERFACE) {
      return "Make the interface sealed, with records that implement it.";
    }
    return type.getModifiers().contains(Modifier.SEALED)
        ? "Make it a sealed interface, with records that implement it."
        : "Make it a record.";
  }
}
