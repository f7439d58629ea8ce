// The app's queries as the hand-written rivals know them: how each is read, and when a new row is in it.

/** Rows that a range query lists at most. */
const LISTED_MAX = 20;

/** Columns are always the id, the stored row, and what the query orders by. */
const select = (place, table, rest) => `SELECT "_id", "_doc", ${place} FROM "${table}" ${rest} LIMIT ?`;

/**
 * `mergeable` lists stand in order of creation: a client puts a new row where it belongs. `index` says
 * where an index over the subscriptions files a list: under a key, an interval, both, or neither.
 */
export const queries = {
  "messages:list": {
    table: "messages",
    args: { channel: "string", limit: "number" },
    sql: select('-"_creationTime"', "messages", 'WHERE "channel" IS ? ORDER BY "_creationTime" DESC, "_seq" DESC'),
    params: ({ channel }) => [channel],
    limit: ({ limit }) => limit,
    covers: ({ channel }, row) => row.channel === channel,
    place: (row) => -row.time,
    mergeable: true,
    index: { key: (row) => row.channel },
  },
  "offers:priced": {
    table: "offers",
    args: { from: "number", to: "number" },
    sql: select('"price"', "offers", 'WHERE "price" >= ? AND "price" < ? ORDER BY "price", "_creationTime", "_seq"'),
    params: ({ from, to }) => [from, to],
    limit: () => LISTED_MAX,
    covers: ({ from, to }, row) => row.price >= from && row.price < to,
    place: (row) => row.price,
    mergeable: false,
    index: { point: (row) => row.price },
  },
  "offers:inShop": {
    table: "offers",
    args: { shop: "string", from: "number", to: "number" },
    sql: select(
      '"price"',
      "offers",
      'WHERE "shop" IS ? AND "price" >= ? AND "price" < ? ORDER BY "price", "_creationTime", "_seq"',
    ),
    params: ({ shop, from, to }) => [shop, from, to],
    limit: () => LISTED_MAX,
    covers: ({ shop, from, to }, row) => row.shop === shop && row.price >= from && row.price < to,
    place: (row) => row.price,
    mergeable: false,
    index: { key: (row) => row.shop, point: (row) => row.price },
  },
  "offers:rated": {
    table: "offers",
    args: { from: "number", to: "number" },
    sql: select(
      '-"_creationTime"',
      "offers",
      `WHERE json_extract("_doc", '$.rating') >= ? AND json_extract("_doc", '$.rating') < ?
       ORDER BY "_creationTime" DESC, "_seq" DESC`,
    ),
    params: ({ from, to }) => [from, to],
    limit: () => LISTED_MAX,
    covers: ({ from, to }, row) => row.rating >= from && row.rating < to,
    place: (row) => -row.time,
    mergeable: true,
    index: {},
  },
  "offers:cheapest": {
    table: "offers",
    args: { shop: "string", limit: "number" },
    sql: select('"price"', "offers", 'WHERE "shop" IS ? ORDER BY "price", "_creationTime", "_seq"'),
    params: ({ shop }) => [shop],
    limit: ({ limit }) => limit,
    covers: ({ shop }, row) => row.shop === shop,
    place: (row) => row.price,
    mergeable: false,
    index: { key: (row) => row.shop },
  },
};
