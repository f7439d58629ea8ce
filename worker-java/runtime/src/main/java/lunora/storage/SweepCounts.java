package lunora.storage;

import lunora.wire.JsonText;
import lunora.wire.JsonWriter;

/** What one run of a sweep has seen and done. */
final class SweepCounts {
  int listed;
  int young;
  int named;
  int referenced;
  int changed;
  int orphans;
  int deleted;
  int confirmed;
  int expired;

  /** Whether objects are left that the next run has to look at. */
  boolean more;

  JsonText json(boolean dryRun) {
    JsonWriter json = new JsonWriter().raw("{\"dryRun\":").raw(dryRun ? "true" : "false");
    json.raw(",\"listed\":").number(listed).raw(",\"young\":").number(young);
    json.raw(",\"named\":").number(named).raw(",\"referenced\":").number(referenced);
    json.raw(",\"changed\":").number(changed).raw(",\"orphans\":").number(orphans);
    json.raw(",\"deleted\":").number(deleted).raw(",\"confirmed\":").number(confirmed);
    json.raw(",\"expired\":").number(expired).raw(",\"more\":").raw(more ? "true}" : "false}");
    return json.finish();
  }
}
