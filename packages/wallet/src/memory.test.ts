import { grantsContract } from "./grants.contract.ts";
import { memoryGrants } from "./memory.ts";

grantsContract("in memory", memoryGrants);
