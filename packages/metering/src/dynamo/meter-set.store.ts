import { type Meter, type MeterSet, type MeterSets, noMeters } from "../meter.ts";
import { squeeze, unsqueeze } from "../squeeze.ts";
import { meterSetEntity } from "./meter-set.entity.ts";
import { type DynamoTable, strongly, took, writing } from "./table.ts";

/** Meter sets over the Registry table, an item a revision. */
export function dynamoMeterSets(registry: DynamoTable): MeterSets {
  const sets = meterSetEntity(registry);
  return {
    async currentMeters(merchant) {
      const newest = { ...strongly, order: "desc", limit: 1 } as const;
      const { data } = await sets.query.primary({ merchant }).go(newest);
      return data[0] === undefined ? noMeters : setOf(data[0]);
    },
    async metersAt(merchant, revision) {
      if (revision === 0) return noMeters;
      const { data } = await sets.get({ merchant, revision }).go(strongly);
      if (data === null) throw new Error(`merchant ${merchant} has no meter set ${revision}`);
      return setOf(data);
    },
    async publishMeters(merchant, { revision, meters }) {
      if (revision < 1) throw new Error("revisions of meter sets count from 1");
      const create = sets.create({ merchant, revision, meters: squeeze(JSON.stringify(meters)) });
      return (await took(create.go(writing))) ? "published" : "taken";
    },
  };
}

function setOf({ revision, meters }: { readonly revision: number; readonly meters: Uint8Array }): MeterSet {
  const list: readonly Meter[] = JSON.parse(unsqueeze(meters));
  return { revision, meters: list };
}
