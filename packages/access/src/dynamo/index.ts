export { dynamoAccess } from "./access.store.ts";
