import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { formatDecimal, readDecimal } from "@farthing/money";
import type { Grant, GrantScope } from "../grant.ts";
import type { Grants } from "../ports.ts";
import { grantEntity } from "./grant.entity.ts";

const plainly = { originalErr: true } as const;
const strongly = { consistent: true, originalErr: true } as const;

/** Grants over the Registry table, one item each. */
export function dynamoGrants(registry: { readonly client: DynamoDBDocumentClient; readonly table: string }): Grants {
  const entity = grantEntity(registry);
  return {
    async addGrant(grant) {
      try {
        await entity.create(itemOf(grant)).go(plainly);
        return "added";
      } catch (error) {
        if (error instanceof Error && error.name === "ConditionalCheckFailedException") return "exists";
        throw error;
      }
    },
    async grant({ merchant, customer }, id) {
      const { data } = await entity.get({ merchant, customer, id }).go(strongly);
      return data === null ? undefined : grantOf(data);
    },
    async grantsOf({ merchant, customer }) {
      const { data } = await entity.query.primary({ merchant, customer }).go({ ...strongly, pages: "all" });
      return data.map(grantOf);
    },
  };
}

type GrantItem = Omit<Grant, "granted" | "scope" | "rollOver"> & { readonly granted: string; readonly terms: string };

interface Terms {
  readonly scope?: GrantScope;
  readonly rollOver?: { readonly maximum?: string; readonly until: number };
}

function itemOf({ granted, scope, rollOver, ...grant }: Grant): GrantItem {
  const terms: Terms = {
    ...(scope === undefined ? {} : { scope }),
    ...(rollOver === undefined
      ? {}
      : { rollOver: { until: rollOver.until, ...maximum(rollOver.maximum, formatDecimal) } }),
  };
  return { ...grant, granted: formatDecimal(granted), terms: JSON.stringify(terms) };
}

function grantOf({ granted, terms, ...grant }: GrantItem): Grant {
  const { scope, rollOver }: Terms = JSON.parse(terms);
  return {
    ...grant,
    granted: readDecimal(granted),
    ...(scope === undefined ? {} : { scope }),
    ...(rollOver === undefined
      ? {}
      : { rollOver: { until: rollOver.until, ...maximum(rollOver.maximum, readDecimal) } }),
  };
}

function maximum<From, To>(value: From | undefined, turn: (value: From) => To): { readonly maximum?: To } {
  return value === undefined ? {} : { maximum: turn(value) };
}
