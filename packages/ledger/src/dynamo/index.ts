export { dynamoBooks } from "./books.store.ts";
export { dynamoAlongside, type TransactWrite } from "./transaction.ts";
