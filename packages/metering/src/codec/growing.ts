/** Whole numbers of 32 bits that grow at the end, in one array. */
export class GrowingWords {
  values: Uint32Array;
  length = 0;

  constructor(capacity = 16) {
    this.values = new Uint32Array(capacity);
  }

  /** Makes room for `count` more and returns where they begin. */
  claim(count: number): number {
    const start = this.length;
    const end = start + count;
    if (end > this.values.length) {
      const larger = new Uint32Array(Math.max(end, 2 * this.values.length));
      larger.set(this.values.subarray(0, start));
      this.values = larger;
    }
    this.length = end;
    return start;
  }

  /** Appends one. */
  push(value: number): void {
    const at = this.claim(1);
    this.values[at] = value;
  }

  /** Appends the same number `count` times. */
  repeat(value: number, count: number): void {
    const at = this.claim(count);
    this.values.fill(value, at, at + count);
  }

  /** What was appended, as a view. */
  view(): Uint32Array {
    return this.values.subarray(0, this.length);
  }
}

/** Numbers that grow at the end, in one array. */
export class GrowingNumbers {
  values: Float64Array;
  length = 0;

  constructor(capacity = 16) {
    this.values = new Float64Array(capacity);
  }

  /** Makes room for `count` more and returns where they begin. */
  claim(count: number): number {
    const start = this.length;
    const end = start + count;
    if (end > this.values.length) {
      const larger = new Float64Array(Math.max(end, 2 * this.values.length));
      larger.set(this.values.subarray(0, start));
      this.values = larger;
    }
    this.length = end;
    return start;
  }

  /** Appends all numbers of a list. */
  append(numbers: Float64Array): void {
    const at = this.claim(numbers.length);
    this.values.set(numbers, at);
  }

  /** What was appended, as a view. */
  view(): Float64Array {
    return this.values.subarray(0, this.length);
  }
}

/** The chosen numbers, in the order of the choice; where all are one number, it is not looked for row by row. */
export function chosenWords(values: Uint32Array, order: Uint32Array): Uint32Array {
  const chosen = new Uint32Array(order.length);
  const first = values[order[0] ?? 0] ?? 0;
  if (order.length > longList && isAll(values, first)) return first === 0 ? chosen : chosen.fill(first);
  for (let i = 0; i < order.length; i++) chosen[i] = values[order[i] ?? 0] ?? 0;
  return chosen;
}

/** The chosen numbers, in the order of the choice. */
export function chosenNumbers(values: Float64Array, order: Uint32Array): Float64Array {
  const chosen = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) chosen[i] = values[order[i] ?? 0] ?? 0;
  return chosen;
}

/** From this length on it pays to look whether numbers are all the same: memory is read in order, not here and there. */
const longList = 4096;

function isAll(values: Uint32Array, number: number): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== number) return false;
  return true;
}
