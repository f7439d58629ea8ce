// Half-open intervals, found by a point in them: sorted by their start, with the greatest end so far.
// What was added or removed since the last search is sorted in at the next one.
export class Intervals {
  #lists = new Set();
  #sorted = [];
  #greatestEnd = [];
  #stale = false;

  get size() {
    return this.#lists.size;
  }

  add(list) {
    this.#lists.add(list);
    this.#stale = true;
  }

  delete(list) {
    this.#lists.delete(list);
    this.#stale = true;
  }

  /** The lists whose `from` to below `to` has the point. */
  at(point) {
    this.#sort();
    const found = [];
    for (let i = this.#lastStartingBy(point); i >= 0 && this.#greatestEnd[i] > point; i--) {
      if (this.#sorted[i].args.to > point) {
        found.push(this.#sorted[i]);
      }
    }
    return found;
  }

  #sort() {
    if (!this.#stale) {
      return;
    }
    this.#stale = false;
    this.#sorted = [...this.#lists].sort((a, b) => a.args.from - b.args.from);
    let greatest = -Infinity;
    this.#greatestEnd = this.#sorted.map(({ args }) => (greatest = Math.max(greatest, args.to)));
  }

  #lastStartingBy(point) {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle].args.from <= point) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
