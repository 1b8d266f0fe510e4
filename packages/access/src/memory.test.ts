import { accessContract } from "./access.contract.ts";
import { memoryAccess } from "./memory.ts";
import { memoryWebhooks } from "./memory-webhooks.ts";
import { receiptsContract } from "./receipts.contract.ts";
import { webhooksContract } from "./webhooks.contract.ts";

const stores = memoryAccess();
accessContract("in memory", () => stores);
receiptsContract("in memory", () => stores);

const webhooks = memoryWebhooks();
webhooksContract("in memory", () => webhooks);
