import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { _Record } from "@aws-sdk/client-dynamodb-streams";

/** A change in a table, as a function receives it, beside what the trigger itself needs of it. */
export interface StreamRecord {
  readonly sequence: string;
  readonly createdMs: number;
  readonly event: Readonly<Record<string, unknown>>;
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function image(attributes: Readonly<Record<string, AttributeValue>> | undefined): unknown {
  return attributes === undefined ? undefined : plain(attributes);
}

/** Turns what the Streams API hands out into the record of a Lambda event: binary as base64, times as seconds. */
export function streamRecord(raw: _Record, streamArn: string): StreamRecord {
  const change = raw.dynamodb ?? {};
  const createdMs = change.ApproximateCreationDateTime?.getTime() ?? 0;
  const event = {
    eventID: raw.eventID,
    eventName: raw.eventName,
    eventVersion: raw.eventVersion,
    eventSource: raw.eventSource,
    awsRegion: raw.awsRegion,
    dynamodb: {
      ApproximateCreationDateTime: createdMs / 1000,
      Keys: image(change.Keys),
      NewImage: image(change.NewImage),
      OldImage: image(change.OldImage),
      SequenceNumber: change.SequenceNumber,
      SizeBytes: change.SizeBytes,
      StreamViewType: change.StreamViewType,
    },
    // DynamoDB Local leaves it out.
    eventSourceARN: streamArn,
    ...(raw.userIdentity === undefined
      ? {}
      : { userIdentity: { type: raw.userIdentity.Type, principalId: raw.userIdentity.PrincipalId } }),
  };
  return { sequence: change.SequenceNumber ?? "", createdMs, event: JSON.parse(JSON.stringify(event)) };
}
