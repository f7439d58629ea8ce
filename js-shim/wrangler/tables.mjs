// What has to be done to a D1 database so that an app's global tables are as the app has them: SQL, and what only the author
// can decide. Nothing that loses data, or leaves rows that the app cannot read, is written here.

/** Types whose value in a document's JSON is its key in an index. */
const PLAIN = /^(string|integer|number|boolean|id|one of .*)( or null)?$/;

const quoted = (name) => `"${name}"`;
const byName = (list) => new Map(list.map((each) => [each.name, each]));

/** The name of the index that a statement makes. */
const indexOf = (statement) => /^CREATE (?:UNIQUE )?INDEX "([^"]+)"/.exec(statement)?.[1];
const indexesOf = ({ statements }) => new Map(statements.filter(indexOf).map((statement) => [indexOf(statement), statement]));

/**
 * Compares tables as they were with what they are to be: `{statements, open}`, where `open` are changes that the author has
 * to settle: `{what, why, sql}`.
 *
 * @param settled names of what is settled already: `profiles`, or `profiles.bio`
 */
export function plan(before, after, settled = new Set()) {
  const result = { statements: [], open: [] };
  const open = (change) => {
    if (!settled.has(change.what)) result.open.push(change);
  };
  const next = byName(after);
  for (const table of before) {
    if (!next.has(table.name)) open({ what: table.name, why: `the app has no table ${table.name} any more: its rows would be lost`, sql: `DROP TABLE ${quoted(table.name)};` });
  }
  const former = byName(before);
  for (const table of after) {
    const old = former.get(table.name);
    if (old !== undefined) change(old, table, result, open, settled);
    else if (!settled.has(table.name)) result.statements.push(...table.statements);
  }
  return result;
}

function change(old, table, { statements }, open, settled) {
  fields(old, table, open);
  const [had, has] = [indexesOf(old), indexesOf(table)];
  for (const [name, statement] of had) {
    if (has.get(name) !== statement) statements.push(`DROP INDEX ${quoted(name)}`);
  }
  for (const column of old.columns.filter((each) => !table.columns.includes(each))) {
    statements.push(`ALTER TABLE ${quoted(table.name)} DROP COLUMN ${quoted(column)}`);
  }
  const types = byName(table.fields);
  for (const column of table.columns.filter((each) => !old.columns.includes(each))) {
    const { type } = types.get(column);
    const add = `ALTER TABLE ${quoted(table.name)} ADD COLUMN ${quoted(column)}`;
    const what = `${table.name}.${column}`;
    if (PLAIN.test(type)) {
      statements.push(add, `UPDATE ${quoted(table.name)} SET ${quoted(column)} = json_extract("_doc", '$.${column}')`);
    } else if (!settled.has(what)) {
      open({ what, why: `an index now has ${what}, of the type ${type}: SQL cannot tell its keys`, sql: `${add};\n-- and fill it, or begin with an empty table: DELETE FROM ${quoted(table.name)};` });
    }
  }
  for (const [name, statement] of has) {
    if (had.get(name) !== statement) statements.push(statement);
  }
}

function fields(old, table, open) {
  const [former, next] = [byName(old.fields), byName(table.fields)];
  const update = (expression) => `UPDATE ${quoted(table.name)} SET "_doc" = ${expression};`;
  for (const { name, type } of old.fields) {
    const now = next.get(name);
    const what = `${table.name}.${name}`;
    if (now === undefined) {
      open({ what, why: `the app has no ${what} any more: its values would be lost`, sql: update(`json_remove("_doc", '$.${name}')`) });
    } else if (now.type !== type) {
      open({ what, why: `${what} was ${type} and is ${now.type}`, sql: update(`json_set("_doc", '$.${name}', json_extract("_doc", '$.${name}'))`) });
    }
  }
  for (const { name, optional } of table.fields) {
    const was = former.get(name);
    const what = `${table.name}.${name}`;
    if (!optional && (was === undefined || was.optional)) {
      open({ what, why: `${what} has to be there now, and rows are without it: give it a default, or a value here`, sql: update(`json_set("_doc", '$.${name}', '')`) });
    }
  }
}
