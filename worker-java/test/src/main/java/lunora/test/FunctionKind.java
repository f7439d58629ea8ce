package lunora.test;

import java.util.List;
import lunora.api.AppModule;
import lunora.api.FunctionDescriptor;
import lunora.api.FunctionPath;

/** What a path names in an app. */
enum FunctionKind {
  QUERY("a query"),
  MUTATION("a mutation"),
  ACTION("an action"),
  STREAM("a stream"),
  NONE("no function of this app");

  private final String described;

  FunctionKind(String described) {
    this.described = described;
  }

  String described() {
    return described;
  }

  static FunctionKind of(AppModule app, FunctionPath path) {
    if (names(app.queries(), path) || names(app.globalQueries(), path)) {
      return QUERY;
    }
    if (names(app.mutations(), path) || names(app.globalMutations(), path)) {
      return MUTATION;
    }
    if (names(app.actions(), path)) {
      return ACTION;
    }
    return names(app.streams(), path) ? STREAM : NONE;
  }

  private static boolean names(List<? extends FunctionDescriptor<?>> functions, FunctionPath path) {
    return functions.stream().anyMatch(function -> function.signature().path().equals(path));
  }
}
