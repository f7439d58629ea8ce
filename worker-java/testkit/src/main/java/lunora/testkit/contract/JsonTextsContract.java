package lunora.testkit.contract;

import java.util.List;
import lunora.host.local.JsonTexts;
import lunora.wire.JsonText;

/** The rules of {@link JsonTexts}: what it writes is what {@code JSON.stringify} writes. */
public final class JsonTextsContract {

  private JsonTextsContract() {}

  /** All cases. */
  public static List<ContractCase<JsonTexts>> cases() {
    return List.of(
        string("a plain text", "abc", "\"abc\""),
        string("the empty text", "", "\"\""),
        string("quote and backslash", "\"\\/", "\"\\\"\\\\/\""),
        string("controls with a short form", "\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\""),
        string("other controls", "\u0000\u001F", "\"\\u0000\\u001f\""),
        string("what needs no escape", "\u007F\u2028é世", "\"\u007F\u2028é世\""),
        string("a surrogate pair", "\uD83D\uDE00", "\"\uD83D\uDE00\""),
        string("lone surrogates", "\uD83D-\uDE00", "\"\\ud83d-\\ude00\""),
        string("surrogates in the wrong order", "\uDE00\uD83D", "\"\\ude00\\ud83d\""),
        number(0, "0"),
        number(-0.0, "0"),
        number(42, "42"),
        number(-1.5, "-1.5"),
        number(0.1, "0.1"),
        number(0.1 + 0.2, "0.30000000000000004"),
        number(9_007_199_254_740_991.0, "9007199254740991"),
        number(1e20, "100000000000000000000"),
        number(123456789012345680000.0, "123456789012345680000"),
        number(1e21, "1e+21"),
        number(1.5e300, "1.5e+300"),
        number(0.000001, "0.000001"),
        number(1e-7, "1e-7"),
        number(1.25e-10, "1.25e-10"),
        number(2e-44, "2e-44"),
        number(Math.pow(2, -44), "5.684341886080802e-14"),
        number(Double.MIN_VALUE, "5e-324"),
        number(Double.MAX_VALUE, "1.7976931348623157e+308"),
        new ContractCase<>("numbers that are not finite are refused", JsonTextsContract::notFinite),
        new ContractCase<>("a sink takes pieces in order", JsonTextsContract::pieces),
        new ContractCase<>("texts are joined without separators", JsonTextsContract::concat),
        new ContractCase<>("equal texts are the same", JsonTextsContract::sameAs),
        new ContractCase<>("length counts UTF-16 units", JsonTextsContract::length));
  }

  private static ContractCase<JsonTexts> string(String name, String value, String expected) {
    return new ContractCase<>(
        "string: " + name,
        texts -> Check.equal(expected, texts.sink().string(value).finish().toString()));
  }

  private static ContractCase<JsonTexts> number(double value, String expected) {
    return new ContractCase<>(
        "number: " + expected + (1 / value < 0 && value == 0 ? " for negative zero" : ""),
        texts -> Check.equal(expected, texts.sink().number(value).finish().toString()));
  }

  private static void notFinite(JsonTexts texts) {
    Check.refused("NaN", () -> texts.sink().number(Double.NaN));
    Check.refused("Infinity", () -> texts.sink().number(Double.POSITIVE_INFINITY));
  }

  private static void pieces(JsonTexts texts) {
    JsonText text =
        texts
            .sink()
            .raw("{\"a\":")
            .number(1)
            .raw(",\"b\":")
            .string("x\"")
            .raw(",\"c\":")
            .json(JsonText.of("[true]"))
            .raw("}")
            .finish();
    Check.equal("{\"a\":1,\"b\":\"x\\\"\",\"c\":[true]}", text.toString());
  }

  private static void concat(JsonTexts texts) {
    JsonText made = texts.sink().string("é").finish();
    Check.equal("[\"é\"]", texts.concat(JsonText.of("["), made, JsonText.of("]")).toString());
    Check.equal("", texts.concat().toString());
  }

  private static void sameAs(JsonTexts texts) {
    JsonText made = texts.sink().string("é").finish();
    JsonText joined = texts.concat(JsonText.of("\"é"), JsonText.of("\""));
    Check.that(made.sameAs(joined), "made as joined");
    Check.that(joined.sameAs(made), "joined as made");
    Check.that(made.sameAs(JsonText.of("\"é\"")), "made as plain");
    Check.that(JsonText.of("\"é\"").sameAs(made), "plain as made");
    Check.that(!made.sameAs(JsonText.of("\"e\"")), "another text of the same length");
    Check.that(!made.sameAs(JsonText.of("\"é\" ")), "a longer text");
  }

  private static void length(JsonTexts texts) {
    Check.equal(4, texts.sink().string("\uD83D\uDE00").finish().length());
    Check.equal(0, texts.concat().length());
  }
}
