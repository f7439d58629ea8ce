package lunora.global;

import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * What a function over global tables came to.
 *
 * @param result on the wire
 * @param bookmark where its session has got to; null if it ran no statement
 */
public record GlobalAnswer(JsonText result, @Nullable String bookmark) {}
