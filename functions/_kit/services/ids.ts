import { randomUUID } from "node:crypto";
import type { Ids } from "@farthing/money";

/** Names that nobody has used before. */
export const ids: Ids = { unique: () => randomUUID().replaceAll("-", "") };
