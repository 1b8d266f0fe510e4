import { benchCharges } from "./charges.bench.ts";
import { benchCollect } from "./collect.bench.ts";
import { benchHandler } from "./handler.bench.ts";
import { benchHttp } from "./http.bench.ts";
import { benchIngest } from "./ingest.bench.ts";
import { benchRating } from "./rating.bench.ts";
import { benchRoll } from "./roll.bench.ts";
import { benchSettle } from "./settle.bench.ts";
import { benchSettleStore } from "./settle-store.bench.ts";
import { benchUsage } from "./usage.bench.ts";
import { benchWriteUnits } from "./write-units.bench.ts";

// A JSON line a measure, each beside its baseline in the same run: figures, not tests.
await benchIngest();
await benchHandler();
await benchWriteUnits();
await benchRoll({ events: 400_000, customers: 20 });
await benchRoll({ events: 2_000_000, customers: 10_000 });
await benchRoll({ events: 2_000_000, customers: 1 });
await benchSettle();
await benchRating();
await benchSettleStore();
await benchCollect();
await benchUsage();
await benchCharges({ events: 1_000_000 });
await benchHttp();
