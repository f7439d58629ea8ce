// npm run faults:tiers: the fault cases of the tiers beside a shard's own, each by its name: F14 to F18 and F21.
//   node test-worker/tools/faults-tiers.mjs [F17 ...]   only these
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./build.mjs";

/**
 * The cases: what fails, and who plays it. `jvm` are tests by class and method, over doubles of the platform; `specs`
 * run on workerd, each with a pattern of its tests' names.
 */
export const CASES = [
  {
    id: "F14",
    fault: "a row over 2 MB, a result over 1 MB, a full database: a clean error, undone whole; results arrive",
    jvm: ["TableStoreTest#aRowOverTheLimitIsRefused", "FullDatabaseTest"],
    specs: [["scale.spec.mjs", "MB"], ["rpc-bodies.spec.mjs", "MiB"]],
  },
  {
    id: "F15",
    fault: "D1 throws, lags behind, is given a bookmark that is none",
    jvm: ["GlobalTablesTest", "ProfilesTest"],
    specs: [["bindings/d1.spec.mjs", "one transaction|bookmark|refused"], ["profiles.spec.mjs", "guard|under its id|malformed"]],
  },
  {
    id: "F16",
    fault: "R2 fails while an object is put; a part or an upload is given up; a cron fails, fires twice, or is lost",
    jvm: ["BackupFaultsTest", "BackupTest", "CronLadderTest", "JobsTest#aCronTriggerMakesOneJobOfEachTime+aFailedTickIsTriedAgain"],
    specs: [["bindings/r2.spec.mjs", "aborted|checksums"], ["storage.spec.mjs", "stores nothing|deletes nothing"], ["jobs.spec.mjs", "cron trigger"], ["crons.spec.mjs", "."]],
  },
  {
    id: "F17",
    fault: "a message comes three times, a batch fails in part, a message is poison",
    jvm: ["JobsTest#aMessageAddsOnceHoweverOftenItComes+aPoisonMessageBecomesADeadLetterAndTheOthersAreTaken+aQueueThatIsDownGetsItsMessagesLater"],
    specs: [["queue.spec.mjs", "."]],
  },
  {
    id: "F18",
    fault: "alarms that throw, come twice, are lost; jobs of one millisecond; evictions; kill -9 while one runs",
    jvm: ["SchedulerTest", "OutboxTest", "MigrationsTest"],
    specs: [["jobs.spec.mjs", "."], ["bindings/alarm.spec.mjs", "throws"], ["migrations.spec.mjs", "a shard that is older|goes on"]],
  },
  {
    id: "F21",
    fault: "a restore onto a shard with rows, of an edited or cut file, of a wrong checksum",
    jvm: ["RoundTripTest", "BackupFaultsTest", "GlobalBackupTest"],
    specs: [["story.spec.mjs", "."], ["global-backup.spec.mjs", "."]],
  },
];

const reports = ["worker-java/runtime", "worker-java/test", "test-worker"].map((module) => join(root, module, "target/surefire-reports"));
const classOf = (test) => test.split("#")[0];

/** Runs all JVM tests in one go; gives the failures, tests and seconds of each class. */
function runJvm(cases) {
  const tests = [...new Set(cases.flatMap(({ jvm }) => jvm))];
  for (const directory of reports) rmSync(directory, { recursive: true, force: true });
  const byClass = new Map();
  for (const test of tests) {
    const [name, methods] = test.split("#");
    const known = byClass.get(name);
    byClass.set(name, methods === undefined || known === null ? null : [known, methods].filter(Boolean).join("+"));
  }
  const selected = [...byClass].map(([name, methods]) => (methods === null ? name : `${name}#${methods}`));
  spawnSync("mvn", ["-q", "-B", "-fae", "-pl", "worker-java/runtime,worker-java/test,test-worker", "-am", "test", "-Dsurefire.failIfNoSpecifiedTests=false", `-Dtest=${selected.join(",")}`], { cwd: root, stdio: "inherit" });
  return readReports();
}

function readReports() {
  const results = new Map();
  for (const directory of reports) {
    let files = [];
    try {
      files = readdirSync(directory).filter((name) => name.endsWith(".xml"));
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
    for (const file of files) {
      const [, attributes] = /<testsuite\s([^>]*)>/.exec(readFileSync(join(directory, file), "utf8"));
      const number = (name) => Number(new RegExp(`\\b${name}="([\\d.]+)"`).exec(attributes)?.[1] ?? 0);
      const simpleName = /\bname="(?:[\w.]*\.)?(\w+)"/.exec(attributes)[1];
      results.set(simpleName, { tests: number("tests"), failed: number("failures") + number("errors") });
    }
  }
  return results;
}

/** Runs one spec's tests of some names on workerd. */
function runSpec([file, pattern]) {
  const { status, stdout } = spawnSync(
    process.execPath,
    ["--test", "--test-reporter=tap", `--test-name-pattern=${pattern}`, join("test-worker/test", file)],
    { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  // A file none of whose tests has such a name counts as one test that passed, by its own name.
  const any = !/^# Subtest: .*\.mjs$/m.test(stdout);
  const passed = any ? Number(/^# pass (\d+)/m.exec(stdout)?.[1] ?? 0) : 0;
  if (status !== 0) console.log(stdout.split("\n").filter((line) => !line.startsWith("# Subtest")).join("\n").slice(-4000));
  return { tests: passed, failed: status === 0 ? 0 : 1 };
}

function verdict(name, result) {
  const ran = result !== undefined && result.tests > 0;
  const passed = ran && result.failed === 0;
  console.log(`  ${passed ? "ok" : "NOT OK"}  ${name}  ${ran ? `${result.tests} tests` : "nothing ran"}`);
  return passed;
}

const wanted = process.argv.slice(2);
const cases = CASES.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
const jvm = runJvm(cases);
let failed = 0;
for (const { id, fault, jvm: tests, specs } of cases) {
  console.log(`${id}  ${fault}`);
  for (const test of tests) failed += verdict(test, jvm.get(classOf(test))) ? 0 : 1;
  for (const spec of specs) failed += verdict(`${spec[0]} /${spec[1]}/`, runSpec(spec)) ? 0 : 1;
}
console.log(failed === 0 ? `${cases.length} cases passed` : `${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
