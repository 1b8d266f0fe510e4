export { dynamoPlans } from "./plans.store.ts";
