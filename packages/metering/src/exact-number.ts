import { type Decimal, formatDecimal } from "@farthing/money";

/**
 * A JSON number that a double cannot be trusted with: more than 15 digits. Every other number of `data` is a plain
 * `number`, so a value has one form only.
 */
export class ExactNumber implements Decimal {
  readonly digits: bigint;
  readonly scale: number;

  constructor({ digits, scale }: Decimal) {
    this.digits = digits;
    this.scale = scale;
  }

  /** The plain decimal text. */
  toString(): string {
    return formatDecimal(this);
  }

  /** Lets `JSON.stringify` write every digit. */
  toJSON(): unknown {
    return JSON.rawJSON(formatDecimal(this));
  }
}
