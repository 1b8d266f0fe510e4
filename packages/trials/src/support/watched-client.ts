import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** A command of the document client. */
export type Command = Parameters<DynamoDBDocumentClient["send"]>[0];

/** A document client of whose commands somebody sees each, whichever way it goes then, and what comes of it. */
export function watchedClient(
  documents: DynamoDBDocumentClient,
  watch: (command: Command, go: () => Promise<unknown>) => Promise<unknown>,
): DynamoDBDocumentClient {
  const send = (command: Command, ...how: readonly unknown[]): Promise<unknown> =>
    watch(command, () => Reflect.apply(documents.send, documents, [command, ...how]));
  // All else of a client is its own.
  return Object.create(documents, { send: { value: send } });
}
