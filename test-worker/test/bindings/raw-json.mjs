// JSON text cut into pieces without reading numbers or sorting keys: JSON.parse would turn -0 and the order of keys
// like "1" into something else before the Worker has seen them.

/** The tree of a JSON text: each node has its raw text, an object its fields, an array its items. */
export function rawJson(text) {
  let at = 0;
  const space = () => {
    while (" \t\r\n".includes(text[at]) && at < text.length) at++;
  };
  const expect = (char) => {
    space();
    if (text[at++] !== char) throw new Error(`no ${char} at ${at - 1}`);
  };
  const scalar = () => /"(?:\\.|[^"\\])*"|[^\s,\]}]+/y;
  const token = () => {
    const pattern = scalar();
    pattern.lastIndex = at;
    const [found] = pattern.exec(text);
    at += found.length;
    return found;
  };
  const node = () => {
    space();
    const start = at;
    const made = {};
    if (text[at] === "{") made.fields = members();
    else if (text[at] === "[") made.items = elements();
    else token();
    return { ...made, raw: text.slice(start, at) };
  };
  const members = () => {
    const fields = new Map();
    for (at++, space(); text[at] !== "}"; space()) {
      if (text[at] === ",") at++;
      space();
      const key = JSON.parse(token());
      expect(":");
      fields.set(key, node());
    }
    at++;
    return fields;
  };
  const elements = () => {
    const items = [];
    for (at++, space(); text[at] !== "]"; space()) {
      if (text[at] === ",") at++;
      items.push(node());
    }
    at++;
    return items;
  };
  return node();
}
