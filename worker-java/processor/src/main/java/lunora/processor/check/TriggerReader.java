package lunora.processor.check;

import java.util.Optional;
import java.util.function.Predicate;
import lunora.processor.model.FunctionKind;
import lunora.processor.model.FunctionModel;
import lunora.processor.model.TriggerModel;

/** Reads {@code @Cron} and {@code @QueueConsumer} beside a function. */
final class TriggerReader {

  private final Report report;

  TriggerReader(Report report) {
    this.report = report;
  }

  /** What calls the function at its times, or empty if nothing does or after an error. */
  Optional<TriggerModel> cron(FunctionModel function) {
    return read(function, Api.CRON, "cron", TriggerReader::isCron, 0);
  }

  /** The queue whose messages go to the function, or empty if none does or after an error. */
  Optional<TriggerModel> queue(FunctionModel function) {
    return read(function, Api.QUEUE_CONSUMER, "queueConsumer", name -> !name.isBlank(), 1);
  }

  private Optional<TriggerModel> read(
      FunctionModel function,
      String annotation,
      String method,
      Predicate<String> known,
      int params) {
    Optional<Mark> mark = Mark.on(function.element(), annotation);
    if (mark.isEmpty()) {
      return Optional.empty();
    }
    String name = "@" + annotation.substring(annotation.lastIndexOf('.') + 1);
    FunctionKind kind = function.signature().kind();
    boolean asks = kind == FunctionKind.QUERY || kind == FunctionKind.GLOBAL_QUERY;
    if (kind.namesRows() || kind.emits() || asks) {
      report.error(mark.get(), name + " stands beside @Mutation or @Action");
      return Optional.empty();
    }
    if (kind == FunctionKind.GLOBAL_MUTATION) {
      String message = name + " cannot call a function over global tables: an @Action can run it";
      report.error(mark.get(), message);
      return Optional.empty();
    }
    if (function.params().size() != params) {
      String rule = params == 0 ? "no parameter" : "one parameter, the message";
      report.error(mark.get(), "a method with " + name + " has " + rule + " besides its context");
      return Optional.empty();
    }
    Optional<String> source = mark.get().text("value");
    if (source.isPresent() && !known.test(source.get())) {
      String rule = params == 0 ? "five fields, as in 0 3 * * *" : "the queue's name";
      report.error(mark.get(), mark.get().value("value"), name + " takes " + rule);
      return Optional.empty();
    }
    return source.map(text -> new TriggerModel(method, text, function));
  }

  private static boolean isCron(String expression) {
    String[] fields = expression.split(" ", -1);
    boolean known = fields.length == 5;
    for (String field : fields) {
      known &= field.matches("[A-Za-z0-9*/,#?-]+");
    }
    return known;
  }
}
