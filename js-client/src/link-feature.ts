import type { Clock } from "./clock.js";
import type { ServerFrame } from "./frames.js";

/** The shared socket of a shard as one kind of traffic sees it. */
export interface LinkPort {
  readonly clock: Clock;
  /** False while there is nobody to talk to; `onOpen` of the feature follows. */
  readonly open: boolean;
  /** Sends a frame, or does nothing when the socket is not open. */
  send(frame: object): void;
  /** Queues an id for `sendPaced`; does nothing when the socket is not open. */
  pace(id: string): void;
  /** True when the server was told of the id on this socket, even when it is to be told again. */
  wasSent(id: string): boolean;
  /** Takes an id out of the queue and frees the slot it may hold. */
  withdraw(id: string): void;
  /** Something needs the socket. */
  wake(): void;
  /** Something no longer needs it; it closes when nothing does. */
  rest(): void;
}

/** One kind of traffic on a link: live queries, shapes, streams or whispers. */
export interface LinkFeature {
  /** True when it does not need the socket. */
  readonly idle: boolean;
  /** The socket opened: say everything again. */
  onOpen(): void;
  /** The socket is gone. */
  onDown(): void;
  /** Somebody else may be signed in on the next socket: show nothing before it is confirmed. */
  doubt?(): void;
  /** Every frame of the link; those of others are to be ignored. */
  onFrame(frame: ServerFrame): void;
  /** Sends the subscribe frame of a paced id, unless it is not its own. */
  sendPaced(id: string): void;
  /** The client was closed. */
  close(): void;
}
