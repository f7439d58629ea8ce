// What a client of the protocol makes of the frames of one subscription (protocol section 7.4).
export class Replica {
  rows = null;
  cursor = 0;
  epoch;
  /** Frames of each type that came. */
  counts = { data: 0, delta: 0, settled: 0, resume: 0 };

  apply(frame) {
    if (!(frame.type in this.counts)) {
      throw new Error(`a subscription got ${JSON.stringify(frame).slice(0, 200)}`);
    }
    this.counts[frame.type]++;
    if (frame.type === "data") {
      this.rows = frame.data;
    } else if (frame.type === "delta") {
      this.#merge(frame.delta);
    }
    if (frame.cursor !== undefined) {
      if (frame.cursor < this.cursor) {
        throw new Error(`a cursor went back from ${this.cursor} to ${frame.cursor}`);
      }
      this.cursor = frame.cursor;
      this.epoch = frame.epoch;
    }
  }

  #merge({ key, op, row }) {
    const at = this.rows.findIndex(({ _id }) => _id === key);
    if (op === "delete") {
      if (at < 0) {
        throw new Error(`a delta deletes ${key}, which is not there`);
      }
      this.rows.splice(at, 1);
    } else if (at >= 0) {
      this.rows[at] = row;
    } else {
      this.rows.splice(this.#placeOf(row), 0, row);
    }
  }

  /** Rows stand in order of creation, in the direction in which the first of them do. */
  #placeOf(row) {
    const times = this.rows.map(({ _creationTime }) => _creationTime);
    const pair = times.findIndex((time, i) => i > 0 && time !== times[i - 1]);
    const descending = pair > 0 && times[pair] < times[pair - 1];
    const before = times.findIndex((time) => (descending ? time < row._creationTime : time > row._creationTime));
    return before < 0 ? times.length : before;
  }
}
