// Storage of the hand-written rivals: the tables, indexes and log rows that the Java engine makes for
// the benchmarked app.
const LOG = 'INSERT INTO "__lunora_oplog" VALUES (?, ?, ?, ?, ?, ?)';

/** Each table's indexed columns and the indexes over them. */
const TABLES = {
  messages: { columns: ["channel"], indexes: { by_channel: ["channel"] } },
  offers: { columns: ["shop", "price"], indexes: { by_price: ["price"], by_shop_price: ["shop", "price"] } },
};

/** Rows of one instant still have an order that a client can see. */
const CREATION_STEP_MS = 1 / 1024;

const quoted = (names) => names.map((name) => `"${name}"`).join(", ");

export class Database {
  #storage;
  #sql;
  #next = {};
  cursor;
  epoch;

  constructor(storage) {
    this.#storage = storage;
    this.#sql = storage.sql;
    storage.transactionSync(() => this.#open());
    for (const [name, { columns }] of Object.entries(TABLES)) {
      this.#next[name] = {
        seq: this.#number(`SELECT ifnull(max("_seq"), 0) FROM "${name}"`),
        time: this.#number(`SELECT ifnull(max("_creationTime"), 0) FROM "${name}"`),
        insert:
          `INSERT INTO "${name}" ("_seq", "_id", "_creationTime", "_doc", ${quoted(columns)})` +
          ` VALUES (?, ?, ?, ?, ${columns.map(() => "?").join(", ")})`,
      };
    }
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
    for (const [name, { columns, indexes }] of Object.entries(TABLES)) {
      sql.exec(`CREATE TABLE "${name}" ("_seq" INTEGER PRIMARY KEY, "_id" TEXT NOT NULL UNIQUE,
        "_creationTime" REAL NOT NULL, "_doc" TEXT NOT NULL, ${quoted(columns)})`);
      sql.exec(`CREATE INDEX "${name}._by_creation_time" ON "${name}" ("_creationTime")`);
      for (const [index, on] of Object.entries(indexes)) {
        sql.exec(`CREATE INDEX "${name}.${index}" ON "${name}" (${quoted(on)}, "_creationTime")`);
      }
    }
    sql.exec(`CREATE TABLE "__lunora_oplog" (seq INTEGER PRIMARY KEY, ts REAL NOT NULL,
      tbl TEXT NOT NULL, id TEXT NOT NULL, op TEXT NOT NULL, doc TEXT)`);
    sql.exec('CREATE INDEX "__lunora_oplog.tbl" ON "__lunora_oplog" (tbl, seq)');
    this.epoch = crypto.randomUUID();
    sql.exec(`INSERT INTO "__lunora_meta" VALUES ('epoch', ?)`, this.epoch);
  }

  #number(query) {
    return this.#sql.exec(query).raw().toArray()[0][0];
  }

  rows(query, params) {
    return this.#sql.exec(query, ...params).raw().toArray();
  }

  /** Inserts documents in one transaction; gives their fields with `id`, `time` and the stored `doc`. */
  insert(table, documents) {
    const next = this.#next[table];
    const { columns } = TABLES[table];
    const now = Date.now();
    let { seq, time } = next;
    let { cursor } = this;
    const rows = [];
    this.#storage.transactionSync(() => {
      for (const fields of documents) {
        const id = crypto.randomUUID();
        time = Math.max(now, time + CREATION_STEP_MS);
        const doc = JSON.stringify({ _id: id, _creationTime: time, ...fields });
        this.#sql.exec(next.insert, ++seq, id, time, doc, ...columns.map((name) => fields[name]));
        this.#sql.exec(LOG, ++cursor, now, table, id, "insert", doc);
        rows.push({ ...fields, id, time, doc });
      }
    });
    Object.assign(next, { seq, time });
    this.cursor = cursor;
    return rows;
  }
}
