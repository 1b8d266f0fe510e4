import { accessContract } from "./access.contract.ts";
import { memoryAccess } from "./memory.ts";

const stores = memoryAccess();
accessContract("in memory", () => stores);
