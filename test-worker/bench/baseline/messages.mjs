// The baseline's storage: the tables, indexes and log rows that the Java engine makes for this app.
const LIST =
  'SELECT "_doc" FROM "messages" WHERE "channel" IS ?' +
  ' ORDER BY "_creationTime" DESC, "_seq" DESC LIMIT ?';
const LIST_IDS =
  'SELECT "_id", "_doc" FROM "messages" WHERE "channel" IS ?' +
  ' ORDER BY "_creationTime" DESC, "_seq" DESC LIMIT ?';
const INSERT =
  'INSERT INTO "messages" ("_seq", "_id", "_creationTime", "_doc", "channel") VALUES (?, ?, ?, ?, ?)';
const LOG = 'INSERT INTO "__lunora_oplog" VALUES (?, ?, ?, ?, ?, ?)';

/** Rows of one instant still have an order that a client can see. */
const CREATION_STEP_MS = 1 / 1024;

export class Messages {
  #storage;
  #sql;
  #lastSeq;
  #lastCreationTime;
  cursor;
  epoch;

  constructor(storage) {
    this.#storage = storage;
    this.#sql = storage.sql;
    storage.transactionSync(() => this.#open());
    this.#lastSeq = this.#number('SELECT ifnull(max("_seq"), 0) FROM "messages"');
    this.#lastCreationTime = this.#number('SELECT ifnull(max("_creationTime"), 0) FROM "messages"');
    this.cursor = this.#number('SELECT ifnull(max(seq), 0) FROM "__lunora_oplog"');
  }

  #open() {
    const sql = this.#sql;
    sql.exec(`CREATE TABLE IF NOT EXISTS "__lunora_meta"
      ("key" TEXT PRIMARY KEY, "value" TEXT NOT NULL) WITHOUT ROWID`);
    const [epoch] = sql.exec(`SELECT "value" FROM "__lunora_meta" WHERE "key" = 'epoch'`).raw().toArray();
    if (epoch !== undefined) {
      this.epoch = epoch[0];
      return;
    }
    sql.exec(`CREATE TABLE "messages" ("_seq" INTEGER PRIMARY KEY, "_id" TEXT NOT NULL UNIQUE,
      "_creationTime" REAL NOT NULL, "_doc" TEXT NOT NULL, "channel")`);
    sql.exec('CREATE INDEX "messages._by_creation_time" ON "messages" ("_creationTime")');
    sql.exec('CREATE INDEX "messages.by_channel" ON "messages" ("channel", "_creationTime")');
    sql.exec(`CREATE TABLE "__lunora_oplog" (seq INTEGER PRIMARY KEY, ts REAL NOT NULL,
      tbl TEXT NOT NULL, id TEXT NOT NULL, op TEXT NOT NULL, doc TEXT)`);
    sql.exec('CREATE INDEX "__lunora_oplog.tbl" ON "__lunora_oplog" (tbl, seq)');
    this.epoch = crypto.randomUUID();
    sql.exec(`INSERT INTO "__lunora_meta" VALUES ('epoch', ?)`, this.epoch);
  }

  #number(query) {
    return this.#sql.exec(query).raw().toArray()[0][0];
  }

  /** The newest rows of a channel as one JSON array; stored texts are spliced, never parsed. */
  listText({ channel, limit }) {
    const rows = this.#sql.exec(LIST, channel, limit).raw().toArray();
    let text = "[";
    for (let i = 0; i < rows.length; i++) {
      text += i === 0 ? rows[i][0] : "," + rows[i][0];
    }
    return text + "]";
  }

  /** The newest rows of a channel, newest first. */
  list({ channel, limit }) {
    const rows = this.#sql.exec(LIST_IDS, channel, limit).raw().toArray();
    return rows.map(([id, doc]) => ({ id, doc }));
  }

  send({ channel, author, body }) {
    const id = crypto.randomUUID();
    const now = Date.now();
    const creationTime = Math.max(now, this.#lastCreationTime + CREATION_STEP_MS);
    const doc = JSON.stringify({ _id: id, _creationTime: creationTime, channel, author, body });
    const seq = this.#lastSeq + 1;
    const cursor = this.cursor + 1;
    this.#storage.transactionSync(() => {
      this.#sql.exec(INSERT, seq, id, creationTime, doc, channel);
      this.#sql.exec(LOG, cursor, now, "messages", id, "insert", doc);
    });
    this.#lastSeq = seq;
    this.#lastCreationTime = creationTime;
    this.cursor = cursor;
    return { id, doc, channel };
  }
}
