package shop.names;

import lunora.api.Functions;
import lunora.api.Query;
import lunora.api.QueryContext;

/** Types that are named like those of the library. */
@Functions("names")
final class Names {

  private Names() {}

  record Param(String Codecs, Field field) {}

  record Field(String String) {}

  enum URL {
    HTTP
  }

  record String(URL url) {}

  @Query
  static String same(QueryContext ctx, Param param, Field field, String string, URL url) {
    return string;
  }

  @Query
  static URL url(QueryContext ctx) {
    return URL.HTTP;
  }
}
