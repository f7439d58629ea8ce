// The guard of the async model (docs/adr/0001-async-model.md): on the compiled JavaScript only what reads the
// network may be a coroutine, and nothing on a shard's path of queries, mutations and live queries is.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { root } from "./support/harness.mjs";

// TeaVM shortens a package to the first letters of its parts.
const PACKAGES = { shard: "ls", scheduler: "ls", queue: "lq", storage: "ls", stream: "ls", store: "ls", schema: "ls", subscription: "ls", security: "ls", trace: "lt", query: "lq", oplog: "lo", outbox: "lo", registry: "lr", operator: "lo", inspect: "li", changes: "lc", fanout: "lf", wire: "lw", "bridge.host": "lbh" };

/** Classes that must be in the output and never suspend, by package. */
const NEVER = {
  shard: ["TransactionRunner", "TransactionTable", "Transaction", "ChangeApplier", "ShardCopy"],
  query: ["QueryRunner", "TableSelect", "TableReading", "SelectSql", "RangeRead", "ReadSet", "RecordedReader", "RowRules", "Policies", "PageCursor"],
  store: ["TableStore", "RowImage", "SchemaMigration"],
  oplog: ["Oplog", "RowWrite"],
  outbox: ["Outbox", "Effect"],
  changes: ["ChangeNotes", "BoardStore", "Change"],
  registry: ["ShardUse", "TableUse", "RegistryStore", "FileStore", "FileOps"],
  operator: ["WatchStore", "WatchList", "WatchFrames", "Watch"],
  inspect: ["ShardOps", "TableOps", "SqlOp", "SqlCost", "ChangeOps"],
  fanout: ["Lists", "Numbers", "Groups", "Pages"],
  subscription: ["Subscriptions", "Admission", "HeldSubscriptions", "LiveUpdates", "LiveSeeds", "Whispers", "LiveQueries", "SubscriptionIndex", "SubscriptionStore", "LiveRunner", "Delivery", "ResultDiff", "ServerFrames", "ClientFrameReader", "StreamFrameReader", "GlobalLive", "GlobalJob", "Peer", "Connection", "Expiry"],
  scheduler: ["JobStore", "JobRunner", "JobListing", "SchedulerRoutes", "TransactionScheduler"],
  queue: ["TransactionQueue", "Envelope"],
  storage: ["TransactionStorage", "StorageChecks", "ByteRange", "UrlText"],
  stream: ["Streams", "DurableStreams", "RunStore", "Run", "RunKey", "StreamFrames", "Failures"],
  schema: ["Codecs", "ObjectCodec", "IntCodec", "TextCodec", "DocCodec", "ListCodec"],
  security: ["SecurityPolicy", "OriginPolicy", "CorsPolicy", "ProtectiveHeaders", "SecretText"],
  trace: ["RequestLog", "Trace", "LogLine"],
  wire: ["Json", "JsonReader", "WireDecoder", "WireEncoder"],
  "bridge.host": ["CfSqlStorage", "CfSqlRows", "CfSockets", "CfSocket"],
};

/** The only functions that may suspend: TeaVM's own, fetches, bodies, and what leads there. */
const MAY = [
  /^\$rt_/, /^jl_Thread\b/, /^jl_Thread[_$]/, /^jl_Object_/, /^otp_Platform_/,
  /^lbv_Js(Fiber)?_/, /^lbw_(Awaited|FetchClient|WorkersResponse)_/, /^lbv_Js\$/,
  /^lbw_(WebCrypto|HmacKey|VerifyKey|DigestStream)_/, /^lbh_CfCrypto[_$]/,
  /^lbw_(D1Queries|D1Statement|D1Database|R2Bucket|R2Object|R2Upload|QueueProducer|ByteStream)_/,
  /^lbh_Cf(GlobalSession|BlobBucket|Blob|BlobUpload|MessageQueue)[_$]/,
  /^lbe_(WorkerEntry|ShardEntry)(_fetch|_answer|\$fetch|\$call|\$inFiber)/,
  /^lbe_(WorkerEntry|ShardEntry)(_|\$)(scheduled|ticked|queue|consumed|alarm|rung)/,
  /^lj_(JwtAuthenticator|FetchedKeys|SharedSecret|PublishedKey)_/,
  /^lbh_CfHttpRequest_(readText|counted|next)/, /^lbh_CfShardNamespace_/, /^lbh_Cf(Fetcher|OwnWorker)_/,
  /^le_(?!QuickCall|GuardedCall)/, /^lbe_(WorkerObject|WorkerSource|CfEdgeOptions|JsHandlers|JsHook|JsCron|CfServerCall)[_$]/, /^ls_ShardActor_(rpc|batch|fetch|changed)/, /^ls_Dispatch_(answer|batch|act)\d*$/, /^ls_GlobalDispatch_call/, /^ls_Calls_(act|run|perform)/, /^ls_ActionCall[_$]/,
  /^ls_(LiveStream|DurableStream)_(run|chunk)/, /^ls_Follower_run/, /^ls_Reading_awaitRoom/, /^ls_Pace_sent/, /^ls_Producer_(emit|sleep|run|http)/,
  /^lo_Release_(run|deliver|send)/, /^lq_(QueueDestination|Consumers)_/, /^ls_(CronJobs_schedule|CronTicks_)/, /^ls_(JobTry_|JobDestination_deliver|SchedulerClient_|RemoteScheduler_|SchedulerActor_fetch)/, /^lr_(RegistryDestination_deliver|RegistryClient_|RegistryActor_fetch)/, /^lf_ShardFanOut_/, /^ls_(RemoteStorage|S3Presigner|SignedUrl|StorageRoute|StorageDeletes|StorageSweep|SweepPage|StorageOrphans|AppReferences|FileLedger)_/, /^ls_OperatorMark_of/, /^lo_(OperatorWatches_(run|mark)|OperatorWatches\$Seed_run|WatchRecord_)/, /^ls_StreamCall_run/, /^lbh_CfTimer_sleep/, /^lbh_CfBackground\$start\$lambda/, /^le_SystemFunctions/, /^le_Profiles/, /^lg_Global/, /^lc_(ChangeBoard_|ChangeDestination_(deliver|send)|BoardActor_(run|fetch))/, /^lw_GlobalWatcher_(run|perform|tried|current|once)/,
  // Routes of the Worker's own and what its jobs do: no shard calls them (LayersTest).
  /^la_(AdminAudit|AdminInput|ApplyRoute|CatalogRoutes|ChangeRoutes|GlobalRoutes|JobRoutes|MigrationRoutes|RunAs|ShardOperator|ShardRoutes|StorageRoutes)[_$]/,
  /^lb_(Backup|BackupPlace|BackupRoutes|BulkClient|ExportLines|Global(Commit|Import|Lines|Stage|Tables)|ImportRoutes|ImportSession|PartedObject|Retention|ShardList)[_$]/,
  /^lbh_CfTextStream[_$]/, /^lm_ProgressReport_deliver/, /^lr_MigrationOrders_deliver/,
];

describe("coroutines in the compiled JavaScript", () => {
  /** Each top-level function's text by name. */
  const functions = new Map();

  before(() => {
    const directory = join(root, "test-worker/target/readable");
    const flags = ["-Dlunora.target=js", "-Dlunora.minify=false", `-Dworker.directory=${directory}`];
    execFileSync("mvn", ["-q", "-B", "-pl", "test-worker", "-am", "-DskipTests", ...flags, "package"], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
    const text = readFileSync(join(directory, "app.mjs"), "utf8");
    let name = "";
    for (const line of text.split("\n")) {
      const start = /^(?:let |var |const |function )?([A-Za-z_$][\w$]*)(?: = |\()/.exec(line);
      if (start) name = start[1];
      functions.set(name, `${functions.get(name) ?? ""}${line}\n`);
    }
  });

  const suspends = (text) => /\$rt_suspending\(\)|\$rt_nativeThread\(\)|\$rt_resuming\(\)/.test(text);
  const ofClass = (packageName, className) => {
    const name = new RegExp(`^${PACKAGES[packageName]}_${className}(_|\\$|$)`);
    return [...functions].filter(([each]) => name.test(each));
  };

  for (const [packageName, classes] of Object.entries(NEVER)) {
    test(`lunora.${packageName} never suspends`, () => {
      for (const className of classes) {
        const own = ofClass(packageName, className);
        assert.ok(own.length > 0, `${className} is not in the output: rename it here as well`);
        for (const [name, text] of own) assert.ok(!suspends(text), `${name} is a coroutine`);
      }
    });
  }

  test("a call of a query or mutation never suspends once its body is there", () => {
    for (const name of [/^lbe_ShardEntry_call/, /^lbh_CfTurn/, /^ls_ShardActor_prepare/, /^ls_Dispatch_prepare/, /^ls_Dispatch\$Prepared_answer/, /^ls_Dispatch_call/]) {
      const own = [...functions].filter(([each]) => name.test(each));
      assert.ok(own.length > 0, `${name} is not in the output`);
      for (const [each, text] of own) assert.ok(!suspends(text), `${each} is a coroutine`);
    }
  });

  test("a call that is let pass at once waits for nothing at the edge", () => {
    for (const name of [/^lbe_WorkerEntry_begin/, /^le_QuickCall(_|$)/, /^lbh_CfShardCall_/]) {
      const own = [...functions].filter(([each]) => name.test(each));
      assert.ok(own.length > 0, `${name} is not in the output`);
      for (const [each, text] of own) assert.ok(!suspends(text), `${each} is a coroutine`);
    }
  });

  test("nothing else has become a coroutine", () => {
    const found = [...functions].filter(([, text]) => suspends(text)).map(([name]) => name);
    const unexpected = found.filter((name) => !MAY.some((allowed) => allowed.test(name)));
    assert.deepEqual(unexpected, []);
  });

  test("the path of an action is one: what the guard looks for is there", () => {
    for (const [packageName, name] of [["shard", "Dispatch"], ["bridge.host", "CfHttpRequest"]]) {
      assert.ok(ofClass(packageName, name).some(([, text]) => suspends(text)), `${name} awaits nothing`);
    }
  });
});
