import { formatDecimal, formatPicos } from "@farthing/money";
import type { SealedLine } from "./seal.ts";
import type { SealedDraw, SealedTax } from "./seal-terms.ts";

/** What the API shows of a discount's, a credit's and a tax's line beside what every line has. */
export function termsDocument({ coupon, grant, draws, tax }: Pick<SealedLine, "coupon" | "grant" | "draws" | "tax">) {
  return {
    ...(coupon === undefined ? {} : { coupon }),
    ...(grant === undefined ? {} : { grant }),
    ...(draws === undefined ? {} : { draws: draws.map(drawDocument) }),
    ...(tax === undefined ? {} : { tax: taxDocument(tax) }),
  };
}

/** What one charge drew: `taken` in the grant's own unit. */
function drawDocument({ description, exact, taken }: SealedDraw) {
  return { description, exact: formatPicos(exact), taken: formatDecimal(taken) };
}

function taxDocument({ name, rate, kind, base, amount }: SealedTax) {
  return { name, rate, kind, base: formatPicos(base), amount: formatPicos(amount) };
}
