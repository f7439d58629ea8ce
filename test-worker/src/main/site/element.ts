/** The page's element with that id; index.html and the scripts are one program, so a miss is a bug. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`index.html has no #${id}`);
  return element as T;
}

/** Makes an element with a class, properties and children; text children are text, never markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  properties: Partial<HTMLElementTagNameMap[K]> & { testId?: string } = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  const { testId, ...rest } = properties;
  if (testId !== undefined) element.dataset["testid"] = testId;
  Object.assign(element, rest);
  element.append(...children);
  return element;
}
