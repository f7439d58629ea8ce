package lunora.backup;

import java.util.List;

/**
 * A backup that a cron trigger makes.
 *
 * <pre>{@code
 * Worker.of(app).backup(BackupSettings.into("BACKUPS").at("0 3 * * *").retain(14))
 * }</pre>
 *
 * @param store the binding of the bucket; where JavaScript gives the bucket itself, an empty text
 * @param cron the trigger's expression; empty for none
 * @param retain how many snapshots of this cron are kept; 0 for all
 * @param prefix of the keys, ending in a slash unless it is empty
 * @param tables those to back up; none for all
 */
public record BackupSettings(
    String store, String cron, int retain, String prefix, List<String> tables) {

  public static final String PREFIX_DEFAULT = "backups/";

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException for a negative number of snapshots
   */
  public BackupSettings {
    if (retain < 0) {
      throw new IllegalArgumentException("backups to retain: " + retain);
    }
    prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    tables = List.copyOf(tables);
  }

  /** Backups into the bucket of this binding, when somebody asks for one. */
  public static BackupSettings into(String binding) {
    return new BackupSettings(binding, "", 0, PREFIX_DEFAULT, List.of());
  }

  /** The same, made by the trigger with exactly this expression. */
  public BackupSettings at(String newCron) {
    return new BackupSettings(store, newCron, retain, prefix, tables);
  }

  /** The same, of which the newest so many are kept and older ones deleted; 0 keeps all. */
  public BackupSettings retain(int snapshots) {
    return new BackupSettings(store, cron, snapshots, prefix, tables);
  }

  /** The same under other keys. */
  public BackupSettings under(String newPrefix) {
    return new BackupSettings(store, cron, retain, newPrefix, tables);
  }

  /** The same for some tables only. */
  public BackupSettings only(String... newTables) {
    return new BackupSettings(store, cron, retain, prefix, List.of(newTables));
  }
}
