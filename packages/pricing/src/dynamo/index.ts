export { dynamoPlans } from "./plans.store.ts";
export { dynamoTexts } from "./texts.store.ts";
