export { dynamoGrants } from "./grant.store.ts";
