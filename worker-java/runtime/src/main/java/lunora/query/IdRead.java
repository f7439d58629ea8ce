package lunora.query;

/** One reading by id, whether or not there was such a row. */
public record IdRead(String table, String id) {}
