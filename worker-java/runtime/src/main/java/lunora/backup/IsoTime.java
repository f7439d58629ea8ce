package lunora.backup;

/** Times as JavaScript's {@code toISOString} writes them: {@code 2026-06-01T12:00:00.000Z}. */
final class IsoTime {

  private static final long DAY_MS = 86_400_000;
  private static final int DAYS_OF_400_YEARS = 146_097;

  /** From the first of March of the year 0 to the epoch: counted so, a leap day ends its year. */
  private static final int DAYS_TO_EPOCH = 719_468;

  private IsoTime() {}

  /** The time, of 1970 to 9999. */
  static String of(long epochMs) {
    int ofDay = (int) (epochMs % DAY_MS);
    int days = (int) (epochMs / DAY_MS) + DAYS_TO_EPOCH;
    int ofEra = days % DAYS_OF_400_YEARS;
    int yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    int dayOfYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    // Months from March on, of which five have 153 days.
    int fromMarch = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * fromMarch + 2) / 5 + 1;
    int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    int year = days / DAYS_OF_400_YEARS * 400 + yearOfEra + (month <= 2 ? 1 : 0);
    int second = ofDay / 1_000;
    return padded(year, 4)
        + "-"
        + padded(month, 2)
        + "-"
        + padded(day, 2)
        + "T"
        + padded(second / 3_600, 2)
        + ":"
        + padded(second / 60 % 60, 2)
        + ":"
        + padded(second % 60, 2)
        + "."
        + padded(ofDay % 1_000, 3)
        + "Z";
  }

  private static String padded(int number, int digits) {
    String text = Integer.toString(number);
    return "0000".substring(0, Math.max(0, digits - text.length())) + text;
  }
}
