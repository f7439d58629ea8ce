package lunora.sim;

import java.util.List;
import java.util.SplittableRandom;

/** Plays one history: clients that call and watch, and everything that can go wrong between. */
final class Simulation implements AutoCloseable {

  private static final List<String> TOPICS = List.of("t0", "t1");

  private final World world;
  private final Timeline timeline = new Timeline();
  private final Oracle oracle = new Oracle();
  private final Sightings seen = new Sightings();
  private final Ledger[] ledger = {new Ledger()};
  private final StreamCheck streams;
  private final FrameCheck frames;
  private final Requests requests;
  private final Faults faults;
  private final SlowClients slow;
  private final Ending ending;
  private final List<SimClient> clients =
      List.of(
          new SimClient(0, "ann", true),
          new SimClient(1, "ann", false),
          new SimClient(2, "bob", true),
          new SimClient(3, "", true));
  private int now;

  private Simulation(Mutant mutant) {
    world = new World(mutant);
    streams = new StreamCheck(world, seen);
    frames = new FrameCheck(timeline, ledger, oracle, seen, streams);
    requests = new Requests(world, timeline, oracle, seen);
    faults = new Faults(world, timeline, ledger, frames, requests, clients);
    slow = new SlowClients(faults, seen);
    ending = new Ending(world, timeline, ledger, requests, clients, faults, slow);
  }

  /**
   * Plays a history to its end, and gives what was seen to happen.
   *
   * @throws Rule.Violation when a rule is broken
   */
  static Sightings play(Plan plan, Mutant mutant) {
    try (Simulation simulation = new Simulation(mutant)) {
      for (Plan.Step step : plan.steps()) {
        simulation.step(step);
      }
      simulation.ending.run(simulation.now, simulation::atRest);
      return simulation.seen;
    }
  }

  private void step(Plan.Step step) {
    now++;
    SplittableRandom dice = new SplittableRandom(step.dice());
    SimClient client = clients.get(dice.nextInt(clients.size()));
    if (step.kind().isFault()) {
      faults.happen(step.kind(), client, dice, now);
    } else {
      operate(step.kind(), client, dice);
    }
    world.pass(dice.nextInt(3));
    clients.forEach(SlowClients::bounded);
    atRest();
  }

  private void operate(Plan.Kind kind, SimClient client, SplittableRandom dice) {
    switch (kind) {
      case WRITE -> requests.write(client, dice, now);
      case APPEND -> requests.append(client, dice, now);
      case PUSH -> requests.push(client, dice, now);
      case BATCH -> requests.batch(client, dice, now);
      case READ -> requests.read(client, dice, now);
      case RETRY -> requests.retry(client, dice);
      case DELIVER -> {
        for (int i = 1 + dice.nextInt(3); i > 0 && !requests.underWay.isEmpty(); i--) {
          int which = dice.nextInt(Math.min(3, requests.underWay.size()));
          requests.deliver(requests.underWay.remove(which), ledger[0], now, true);
        }
      }
      case SUBSCRIBE -> client.watch(requests.watch(dice));
      case UNSUBSCRIBE -> {
        if (!client.subs.isEmpty()) {
          client.end(Choices.pick(List.copyOf(client.subs.values()), dice));
        }
      }
      case KEEP -> client.keep(Choices.shape(dice));
      case DROP -> {
        if (!client.shapes.isEmpty()) {
          client.drop(Choices.pick(List.copyOf(client.shapes.values()), dice));
        }
      }
      case UP -> clients.forEach(each -> faults.up(each, dice.nextInt(6)));
      case DOWN -> clients.forEach(each -> faults.down(each, dice.nextInt(8)));
      case WORK -> world.runDeferred();
      case WHISPER -> whisper(client, dice);
      case BACKUP -> faults.backUp();
      case STREAM -> streams.step(client, dice);
      case READ_ON -> slow.readOn(client);
      default -> faults.connect(client, true);
    }
  }

  private void whisper(SimClient client, SplittableRandom dice) {
    String topic = Choices.pick(TOPICS, dice);
    for (SimClient each : clients) {
      if (dice.nextBoolean()) {
        each.say("type", "whisper_subscribe", "topic", topic);
      }
    }
    frames.whispers.put(now, new FrameCheck.Whisper(topic, client));
    client.say("type", "whisper", "topic", topic, "data", now);
  }

  /** Checks every client whose socket is up and has nothing under way. */
  private void atRest() {
    if (world.isIdle()) {
      for (SimClient client : clients) {
        SimClient.Link link = client.link;
        if (link != null && link.isQuiet()) {
          frames.atRest(client);
        }
      }
    }
  }

  @Override
  public void close() {
    world.close();
  }
}
