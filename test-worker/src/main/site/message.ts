/** A row of the `messages` table. Times are epoch milliseconds. */
export interface Message {
  readonly _id: string;
  readonly _creationTime: number;
  readonly channel: string;
  readonly author: string;
  readonly body: string;
}

const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY_AND_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** Time of day for today's messages, with the date for older ones. */
export function whenText(epochMs: number): string {
  const when = new Date(epochMs);
  if (Number.isNaN(when.getTime())) return "";
  return when.toDateString() === new Date().toDateString() ? TIME.format(when) : DAY_AND_TIME.format(when);
}
