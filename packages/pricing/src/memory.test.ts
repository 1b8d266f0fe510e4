import { memoryPlans } from "./memory.ts";
import { plansContract } from "./plans.contract.ts";

const plans = memoryPlans();
plansContract("in memory", () => plans);
