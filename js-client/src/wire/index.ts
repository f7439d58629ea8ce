export { encodeWire } from "./encode.js";
export { decodeWire, WireDecodeError } from "./decode.js";
export { stableKey } from "./key.js";
