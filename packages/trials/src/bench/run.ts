import { benchIngest } from "./ingest.bench.ts";
import { benchRoll } from "./roll.bench.ts";
import { benchSettle } from "./settle.bench.ts";
import { benchSettleStore } from "./settle-store.bench.ts";
import { benchWriteUnits } from "./write-units.bench.ts";

// A JSON line a measure, each beside its baseline in the same run: figures, not tests.
await benchIngest();
await benchWriteUnits();
await benchRoll();
await benchSettle();
await benchSettleStore();
