import { randomBytes } from "node:crypto";
import type { Access } from "@farthing/access";
import { dynamoAccess } from "@farthing/access/dynamo";
import { table } from "./clients.ts";
import { clock } from "./clock.ts";
import { env } from "./env.ts";
import { lazy } from "./lazy.ts";

/** The stores of merchants, keys and receipts. */
export const accessStores = lazy(() => dynamoAccess(table("REGISTRY")));

/** What the use cases of this domain need. */
export const access = lazy(
  (): Access => ({
    ...accessStores(),
    clock,
    randomness: { bytes: (count) => randomBytes(count) },
    environment: env("FARTHING_KEY_ENVIRONMENT"),
  }),
);
