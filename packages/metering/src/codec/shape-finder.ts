import type { EventData, ExactJson } from "../event.ts";
import { leafKindOf } from "./shape.ts";

/** A place in the tree of all ways that data was walked through: what came next, and where it led. */
class Step<T> {
  private token: string | number = -1;
  private next: Step<T> | undefined;
  private others: Map<string | number, Step<T>> | undefined;
  /** What the walk that ends here found. */
  found: T | undefined;

  follow(token: string | number): Step<T> {
    if (token === this.token && this.next !== undefined) return this.next;
    let next = this.others?.get(token);
    if (next === undefined) {
      next = new Step<T>();
      this.others ??= new Map();
      this.others.set(token, next);
    }
    this.token = token;
    this.next = next;
    return next;
  }
}

const objectStep = 3;
const listStep = 4;
const endStep = 5;

/**
 * Finds what was kept for data of the same form (same keys in the same order, same kinds of leaves) without building
 * anything, and collects its leaves on the way: bundles mostly hold a handful of forms.
 */
export class ShapeFinder<T> {
  /** The leaves of the data that was looked at last, in the order of its members. */
  readonly leaves: ExactJson[] = [];
  leafCount = 0;
  private readonly root = new Step<T>();
  private step = this.root;

  /** What was kept for data of this form, or what `make` makes of it now. */
  find(data: EventData, make: (data: EventData) => T): T {
    this.leafCount = 0;
    this.step = this.root;
    this.walkObject(data);
    this.step.found ??= make(data);
    return this.step.found;
  }

  private walk(value: ExactJson): void {
    const kind = leafKindOf(value);
    if (kind !== undefined) {
      this.leaves[this.leafCount++] = value;
      this.step = this.step.follow(kind);
    } else if (Array.isArray(value)) {
      this.step = this.step.follow(listStep);
      for (const item of value) this.walk(item);
      this.step = this.step.follow(endStep);
    } else {
      this.step = this.step.follow(objectStep);
      this.walkObject(value as EventData);
    }
  }

  private walkObject(data: EventData): void {
    for (const key in data) {
      this.step = this.step.follow(key);
      this.walk(data[key] ?? null);
    }
    this.step = this.step.follow(endStep);
  }
}
