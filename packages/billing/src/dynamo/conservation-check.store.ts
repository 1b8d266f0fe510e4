import { hourOf, hourPlus } from "@farthing/metering";
import * as v from "valibot";
import type { ConservationChecks } from "../conservation-check.ts";
import { conservationCheckEntity } from "./conservation-check.entity.ts";
import { type DynamoTable, plainly, strongly } from "./table.ts";

const Gaps = v.pipe(
  v.string(),
  v.parseJson(),
  v.array(
    v.strictObject({
      hour: v.pipe(
        v.number(),
        v.transform((hour) => hourPlus(hourOf(0), hour)),
      ),
      gap: v.number(),
    }),
  ),
);

/** Checks of conservation over the Registry table, one item a merchant. */
export function dynamoConservationChecks(registry: DynamoTable): ConservationChecks {
  const checks = conservationCheckEntity(registry);
  return {
    async lastCheck(merchant) {
      const { data } = await checks.get({ merchant }).go(strongly);
      return data === null
        ? undefined
        : { through: data.through, checkedAt: data.checkedAt, gaps: v.parse(Gaps, data.gaps) };
    },
    async saveCheck(merchant, { through, checkedAt, gaps }) {
      await checks.put({ merchant, through, checkedAt, gaps: JSON.stringify(gaps) }).go(plainly);
    },
  };
}
