package lunora.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/** The place of a page's last row as opaque text: its keys as wire JSON, in base64url. */
public final class PageCursor {

  /** A cursor holds the keys of a row, which may be long; it comes in a request's body. */
  private static final int LENGTH_MAX = 1_048_576;

  private PageCursor() {}

  public static String write(@Nullable Object[] place) {
    List<Value> keys = new ArrayList<>();
    for (Object key : place) {
      keys.add(Keys.toValue(key));
    }
    JsonWriter json = new JsonWriter();
    WireCodec.write(new Value.Arr(keys), json);
    byte[] bytes = json.finish().toString().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Reads a cursor a client sent back.
   *
   * @param width how many keys a place of this reading has
   * @throws LunoraException {@code BAD_REQUEST} if it is none
   */
  public static @Nullable Object[] read(String cursor, int width) {
    if (cursor.length() > LENGTH_MAX || !isBase64Url(cursor)) {
      throw malformed();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      Value value = WireCodec.decode(Json.read(new String(bytes, StandardCharsets.UTF_8)));
      if (!(value instanceof Value.Arr keys) || keys.items().size() != width) {
        throw malformed();
      }
      Object[] place = new Object[width];
      for (int i = 0; i < width; i++) {
        place[i] = Keys.ofValue(keys.items().get(i));
      }
      // Every place ends in the creation time and the order of insertion.
      if (!(place[width - 2] instanceof Double) || !(place[width - 1] instanceof Double)) {
        throw malformed();
      }
      return place;
    } catch (WireFormatException | IllegalArgumentException e) {
      throw malformed();
    }
  }

  /** Only this may reach the decoder: TeaVM's breaks on some of what is not. */
  private static boolean isBase64Url(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
        return false;
      }
    }
    return text.length() % 4 != 1;
  }

  private static LunoraException malformed() {
    return new LunoraException(
        ErrorCode.BAD_REQUEST,
        "the cursor is not one of this query: pass continueCursor of the page before, or null");
  }
}
