// Takes the place of the compiled app.mjs: instantiates app.wasm while the module loads and exports the same names.
// TeaVM's own loader compiles at run time, which Workers refuse; each fix below names what breaks.
import module from "./app.wasm";
import { defaults } from "./app-runtime.mjs";

const imports = {};
const exported = {};
const link = defaults(imports, exported, false);

// What the runtime's load() adds privately: the linear memory behind byte buffers. Its heap begins
// after the module's static data; at address 0 it would overwrite that and read as out of memory.
const [section] = WebAssembly.Module.customSections(module, "teavm.memoryRequirements");
const need = JSON.parse(new TextDecoder().decode(section));
const memory = new WebAssembly.Memory({ initial: need.min, maximum: 32768 });
const i32 = (value) => new WebAssembly.Global({ value: "i32", mutable: false }, value);
imports.env = { memory };
imports.teavmMemory = {
  linearMemory: () => memory.buffer,
  notifyHeapResized() {},
  heapOffset: i32(Math.ceil(need.dataSize / 8) * 8),
  maxSize: i32(2 ** 31 - 1),
};

// Globals are looked up by code generation, allowed only now: look all of them up in advance.
const jso = imports.teavmJso;
for (const name of Object.getOwnPropertyNames(globalThis)) {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) continue;
  try {
    jso.global(name);
  } catch {
    // A name that this runtime declares but does not have.
  }
}
jso.global = (name) => globalThis[name];

// A JavaScript error without a Java twin must read as null: undefined is no reference to Wasm.
const javaOf = jso.getJavaException;
jso.getJavaException = (e) => (e !== null && typeof e === "object" ? (javaOf(e) ?? null) : null);

// The error that a Java catch block got is the one that was thrown, not a copy without a message.
let instance;
const jsOf = jso.getJSException;
jso.getJSException = (e) => instance.exports["teavm.js.extractException"]?.(e) ?? jsOf(e) ?? null;

instance = new WebAssembly.Instance(module, imports);
link.supplyExports(instance.exports);
for (const [name, value] of Object.entries(instance.exports)) {
  if (value instanceof WebAssembly.Global) exported[name] = value.value;
}

export const main = (args) => (exported.main ?? instance.exports.main)(args);
export const { WorkerEntry, WorkerApi, ShardEntry, FetchEntry, ObjectEntry } = exported;
