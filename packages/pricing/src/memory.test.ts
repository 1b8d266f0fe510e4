import { memoryPlans, memoryTexts } from "./memory.ts";
import { plansContract } from "./plans.contract.ts";
import { textsContract } from "./versioned-text.contract.ts";

const plans = memoryPlans();
plansContract("in memory", () => plans);
textsContract("in memory", memoryTexts);
