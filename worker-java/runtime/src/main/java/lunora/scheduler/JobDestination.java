package lunora.scheduler;

import java.util.List;
import lunora.host.remote.Bindings;
import lunora.outbox.Destination;
import lunora.outbox.Effect;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;

/** Takes the jobs that mutations asked for to the scheduler, which knows them by their ids. */
public final class JobDestination implements Destination {

  static final String KIND = "job";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void deliver(List<Effect> effects, Bindings bindings) {
    JsonWriter body = new JsonWriter();
    String before = "{\"effects\":[";
    for (Effect effect : effects) {
      body.raw(before).json(effect.payload());
      before = ",";
    }
    JsonText text = body.raw("]}").finish();
    SchedulerClient.post(bindings, "/apply", text);
  }
}
