package lunora.testkit.contract;

import java.util.List;
import java.util.OptionalLong;
import lunora.host.local.Alarm;
import lunora.host.local.SqlStorage;

/** The rules of {@link Alarm}. The cases own the table {@code a}. */
public final class AlarmContract {

  private static final long FAR_MS = 4_000_000_000_000L;

  /** A shard whose alarm can be looked at. */
  public interface Host {

    Alarm alarm();

    SqlStorage sql();

    /** When the alarm is due; empty when none is set. May suspend. */
    OptionalLong scheduledMs();
  }

  private AlarmContract() {}

  /** All cases. */
  public static List<RemoteCase<Host>> cases() {
    return List.of(
        on("an alarm is set", AlarmContract::set),
        on("the last time set counts", AlarmContract::replaced),
        on("an alarm is taken back", AlarmContract::deleted),
        on("none can be taken back as well", AlarmContract::deletedTwice),
        on("a commit sets it", AlarmContract::committed),
        on("a rollback restores what was set before", AlarmContract::rolledBack),
        on("a rollback restores that none was set", AlarmContract::rolledBackToNone),
        on("a rollback restores what was taken back", AlarmContract::rolledBackDelete),
        on(
            "a time before 1970 is refused",
            host -> RemoteCheck.refusedArgument("-1", () -> host.alarm().set(-1))));
  }

  private static RemoteCase<Host> on(String name, RemoteCase.Body<Host> body) {
    return new RemoteCase<>(
        name,
        host -> {
          host.alarm().delete();
          host.sql().execute("DROP TABLE IF EXISTS a");
          host.sql().execute("CREATE TABLE a (v)");
          body.run(host);
          host.alarm().delete();
        });
  }

  private static void set(Host host) {
    Check.equal(OptionalLong.empty(), host.scheduledMs());
    host.alarm().set(FAR_MS);
    Check.equal(OptionalLong.of(FAR_MS), host.scheduledMs());
  }

  private static void replaced(Host host) {
    host.alarm().set(FAR_MS);
    host.alarm().set(FAR_MS - 5);
    Check.equal(OptionalLong.of(FAR_MS - 5), host.scheduledMs());
  }

  private static void deleted(Host host) {
    host.alarm().set(FAR_MS);
    host.alarm().delete();
    Check.equal(OptionalLong.empty(), host.scheduledMs());
  }

  private static void deletedTwice(Host host) {
    host.alarm().delete();
    host.alarm().delete();
    Check.equal(OptionalLong.empty(), host.scheduledMs());
  }

  private static void committed(Host host) {
    Alarm alarm = host.alarm();
    host.sql()
        .<Integer>transaction(
            () -> {
              alarm.set(FAR_MS);
              return 0;
            });
    Check.equal(OptionalLong.of(FAR_MS), host.scheduledMs());
  }

  private static void rolledBack(Host host) {
    Alarm alarm = host.alarm();
    alarm.set(FAR_MS);
    failing(host.sql(), () -> alarm.set(FAR_MS + 7));
    Check.equal(OptionalLong.of(FAR_MS), host.scheduledMs());
  }

  private static void rolledBackToNone(Host host) {
    Alarm alarm = host.alarm();
    failing(host.sql(), () -> alarm.set(FAR_MS));
    Check.equal(OptionalLong.empty(), host.scheduledMs());
  }

  private static void rolledBackDelete(Host host) {
    Alarm alarm = host.alarm();
    alarm.set(FAR_MS);
    failing(host.sql(), alarm::delete);
    Check.equal(OptionalLong.of(FAR_MS), host.scheduledMs());
  }

  /** What a transaction does that then throws. Must not suspend. */
  private interface Change {
    void run();
  }

  private static void failing(SqlStorage sql, Change change) {
    Check.refused(
        "a transaction that throws",
        () ->
            sql.<Integer>transaction(
                () -> {
                  sql.execute("INSERT INTO a VALUES (1)");
                  change.run();
                  throw new IllegalStateException("rolled back");
                }));
    Check.number(0, sql.query("SELECT count(*) FROM a").number(0, 0));
  }
}
