export { dynamoAccess } from "./access.store.ts";
export { dynamoWebhooks } from "./webhooks.store.ts";
