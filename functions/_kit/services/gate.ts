import { cachedKeys } from "@farthing/access";
import { cursorSecrets } from "../cursor-secrets.ts";
import type { Gate } from "../gate.ts";
import { accessStores } from "./access.ts";
import { clock } from "./clock.ts";
import { lazy } from "./lazy.ts";

/** What lets requests in; a function remembers found keys for five seconds. */
export const gate = lazy((): Gate => {
  const { keys, receipts, merchants } = accessStores();
  return { keys: cachedKeys(keys, clock), receipts, clock, cursorSecret: cursorSecrets(merchants) };
});
