package lunora.schema;

/**
 * Text as an index key. SQLite keeps UTF-8, which has no form for half a surrogate pair: a lone
 * half becomes U+FFFD and its four hex digits, so that memory and database hold the same key.
 */
final class TextKey {

  private TextKey() {}

  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return wellFormed(text);
      }
    }
    return text;
  }

  private static String wellFormed(String text) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        key.append(c);
      } else if (isPair(text, i)) {
        key.append(c).append(text.charAt(i + 1));
        i++;
      } else {
        key.append('\uFFFD').append(Integer.toHexString(c));
      }
    }
    return key.toString();
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }
}
