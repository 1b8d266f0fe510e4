import type { MeterSet, MeterSets } from "@farthing/metering";
import type { MerchantId } from "@farthing/money";

/** The meters to fold a statement by, and those that it was rolled by. */
interface AskedPair {
  readonly meters: MeterSet;
  readonly rolledBy: MeterSet;
}

/** The meter sets that statements are folded by and were rolled by; those asked for are cut to some meters. */
export class AskedSets {
  readonly #meters: MeterSets;
  readonly #merchant: MerchantId;
  readonly #only: ReadonlySet<string> | undefined;
  readonly #pairs = new Map<number, Map<number, AskedPair>>();

  constructor(meters: MeterSets, merchant: MerchantId, only?: ReadonlySet<string>) {
    this.#meters = meters;
    this.#merchant = merchant;
    this.#only = only;
  }

  /** Those of a statement rolled by one revision and covered by a seal of another, where they were read before. */
  known(rolled: number, revision: number): AskedPair | undefined {
    return this.#pairs.get(revision)?.get(rolled);
  }

  /** Reads them. */
  async read(rolled: number, revision: number): Promise<AskedPair> {
    const [all, rolledBy] = [
      await this.#meters.metersAt(this.#merchant, revision),
      await this.#meters.metersAt(this.#merchant, rolled),
    ];
    const only = this.#only;
    const meters = only === undefined ? all : { ...all, meters: all.meters.filter(({ key }) => only.has(key)) };
    const pairs = this.#pairs.get(revision) ?? new Map<number, AskedPair>();
    this.#pairs.set(revision, pairs.set(rolled, { meters, rolledBy }));
    return { meters, rolledBy };
  }
}
