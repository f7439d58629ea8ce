package lunora.bridge.edge;

import org.teavm.jso.JSObject;

/** What {@code serverQuery} was called with: {@code {ref, args, shardKey}}. */
interface ServerCallObject extends JSObject {}
