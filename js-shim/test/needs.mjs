/** One need of each kind. */
export const SHARD = { kind: "object", binding: "SHARD", class: "ShardDO" };
export const SCHEDULER = { kind: "object", binding: "SCHEDULER", class: "SchedulerDO" };
export const NIGHTLY = { kind: "cron", expression: "0 3 * * *" };
export const BUCKET = { kind: "bucket", binding: "BUCKET" };
export const DATABASE = { kind: "database", binding: "DB", migrations: "migrations" };
export const CONSUMER = { kind: "consumer", queue: "mail" };
export const ALL = [SHARD, SCHEDULER, NIGHTLY, BUCKET, DATABASE, CONSUMER];
