package lunora.processor.write;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import lunora.processor.model.ValueType;
import lunora.processor.model.ValueType.DefaultedOf;
import lunora.processor.model.ValueType.EnumOf;
import lunora.processor.model.ValueType.ListOf;
import lunora.processor.model.ValueType.MapOf;
import lunora.processor.model.ValueType.NullableOf;
import lunora.processor.model.ValueType.OptionalOf;

/**
 * Gives out names of constants, each once. What comes first gets the plain name; a later one gets a
 * suffix that says what it is.
 */
final class ConstantNames {

  private final Set<String> taken = new HashSet<>();

  /** Keeps a name from being given out. */
  void reserve(String name) {
    taken.add(name);
  }

  /** Keeps constants from hiding the enums that a codec of this type names. */
  void reserveEnums(ValueType type) {
    if (type instanceof EnumOf named) {
      reserve(named.name().outermost());
    } else if (type instanceof OptionalOf optional) {
      reserveEnums(optional.present());
    } else if (type instanceof NullableOf nullable) {
      reserveEnums(nullable.present());
    } else if (type instanceof DefaultedOf defaulted) {
      reserveEnums(defaulted.present());
    } else if (type instanceof ListOf list) {
      reserveEnums(list.element());
    } else if (type instanceof MapOf map) {
      reserveEnums(map.value());
    }
  }

  boolean isTaken(String name) {
    return taken.contains(name);
  }

  /** The constant for a Java name: {@code CREATED_AT} for {@code createdAt}. */
  String claim(String javaName, String suffix) {
    String plain = upperSnake(javaName);
    if (taken.add(plain)) {
      return plain;
    }
    String name = plain + suffix;
    for (int i = 2; !taken.add(name); i++) {
      name = plain + suffix + "_" + i;
    }
    return name;
  }

  static String upperSnake(String javaName) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < javaName.length(); i++) {
      if (i > 0 && startsWord(javaName, i)) {
        out.append('_');
      }
      out.append(javaName.charAt(i));
    }
    return out.toString().toUpperCase(Locale.ROOT);
  }

  /** A capital begins a word after a small letter, and before one: {@code URL_PATH, TO_URL}. */
  private static boolean startsWord(String name, int i) {
    if (!Character.isUpperCase(name.charAt(i)) || name.charAt(i - 1) == '_') {
      return false;
    }
    boolean beforeSmall = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
    return !Character.isUpperCase(name.charAt(i - 1)) || beforeSmall;
  }
}
