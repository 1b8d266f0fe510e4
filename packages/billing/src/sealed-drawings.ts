import type { Drawings, GrantDraw } from "@farthing/wallet";
import { invoiceId } from "./invoice-id.ts";
import type { Seal, Seals } from "./seal.ts";

/** What seals did of grants. */
export function sealedDrawings(seals: Pick<Seals, "latestSeal" | "seals">): Drawings {
  return {
    async statesOf(holder) {
      return new Map(Object.entries((await seals.latestSeal(holder))?.terms?.grants ?? {}));
    },
    async stepsOf(holder, grant) {
      const all = await seals.seals(holder);
      return all.flatMap((seal) => {
        const state = seal.terms?.grants[grant];
        return state === undefined ? [] : [{ at: seal.sealedAt, state, draws: drawsOf(seal, grant) }];
      });
    },
  };
}

function drawsOf({ customer: { customer }, number: seal, invoices }: Seal, grant: string): readonly GrantDraw[] {
  return invoices.flatMap(({ currency, lines }) =>
    lines
      .filter((line) => line.grant === grant)
      .flatMap(({ id, draws = [] }) =>
        draws.map(({ description, taken }) => ({
          invoice: invoiceId({ customer, seal, currency }),
          line: id,
          description,
          taken,
        })),
      ),
  );
}
