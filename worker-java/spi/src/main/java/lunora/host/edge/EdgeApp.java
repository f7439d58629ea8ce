package lunora.host.edge;

import java.util.List;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.WorkerHandler;
import lunora.wire.Value;

/** An app as the API of {@code @lunora-java/worker} sees it. Nothing here suspends. */
public interface EdgeApp {

  /**
   * A Worker of the app with these options over its own.
   *
   * @throws lunora.error.LunoraException {@code MISCONFIGURED} for options that contradict each
   *     other
   */
  WorkerHandler open(EdgeOptions options);

  /** What a client sees of a throw: {@code {"error":{...}}}. */
  HttpResponse errorResponse(Throwable thrown);

  /**
   * A call, checked: {@code {functionPath, args, shardKey?, fanOut?}}, the arguments in wire form.
   *
   * @throws lunora.error.LunoraException {@code BAD_REQUEST} that says what is wrong with it
   */
  Value.Obj envelope(Value call);

  /** What it needs of its deployment, besides the classes of its objects. */
  List<Need> needs();

  /** What it says of stored rows, as the JSON of a snapshot: {@code {"version","tables"}}. */
  String schema();

  /**
   * What rows that were stored under another snapshot would lose under this app's, as JSON: an
   * array of {@code {"what","write"}}, without what the app accepts.
   *
   * @throws IllegalArgumentException if the snapshot is no JSON
   */
  String schemaLosses(String snapshot);
}
