package lunora.wire;

/** JSON text held as a Java string: the only form on the JVM, and the form of literals. */
record PlainJsonText(String json) implements JsonText {

  @Override
  public String toString() {
    return json;
  }

  @Override
  public int length() {
    return json.length();
  }

  @Override
  public JsonText part(int from, int to) {
    return new PlainJsonText(json.substring(from, to));
  }

  @Override
  public boolean sameAs(JsonText other) {
    return json.equals(other.toString());
  }
}
