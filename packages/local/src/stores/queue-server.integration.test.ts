import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterEach, describe, expect, test } from "vitest";
import { localCredentials } from "../run/environment.ts";
import { localAccount, localRegion } from "../template/world.ts";
import { freshFolder } from "../testing/running-sample.ts";
import { openQueueServer, type QueueServer } from "./queue-server.ts";

const specs = [
  { name: "dead", attributes: {} },
  {
    name: "work",
    attributes: {
      VisibilityTimeout: "600",
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: `arn:aws:sqs:${localRegion}:${localAccount}:dead`,
        maxReceiveCount: 2,
      }),
    },
  },
];

describe("queues that survive their process", () => {
  let server: QueueServer;
  const open = async (folder: string): Promise<void> => {
    server = await openQueueServer(folder);
    server.ensureQueues(specs);
  };
  const client = () => new SQSClient({ endpoint: server.url, region: localRegion, credentials: localCredentials });
  const send = (body: string) =>
    client().send(new SendMessageCommand({ QueueUrl: server.queueUrl("work"), MessageBody: body }));
  const receive = async (queue = "work"): Promise<Message | undefined> => {
    const command = new ReceiveMessageCommand({
      QueueUrl: server.queueUrl(queue),
      MessageSystemAttributeNames: ["All"],
    });
    return (await client().send(command)).Messages?.[0];
  };
  const show = (message: Message | undefined, seconds: number) =>
    client().send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: server.queueUrl("work"),
        ReceiptHandle: message?.ReceiptHandle,
        VisibilityTimeout: seconds,
      }),
    );

  afterEach(async () => server.stop());

  test("have their messages again, under the new address, and not those that were deleted", async () => {
    const folder = await freshFolder();
    await open(folder);
    await send("kept");
    await send("deleted");
    const [first, second] = [await receive(), await receive()];
    const deleted = [first, second].find((message) => message?.Body === "deleted");
    const command = { QueueUrl: server.queueUrl("work"), ReceiptHandle: deleted?.ReceiptHandle };
    await client().send(new DeleteMessageCommand(command));
    await server.stop();
    await open(folder);
    expect((await receive())?.Body).toBe("kept");
    expect(await receive()).toBeUndefined();
  });

  test("free what was in flight, and the broken attempt does not count", async () => {
    const folder = await freshFolder();
    await open(folder);
    await send("in flight");
    for (let round = 0; round < 4; round++) {
      expect((await receive())?.Attributes?.ApproximateReceiveCount).toBe("1");
      await server.stop();
      await open(folder);
    }
  });

  test("show a message again at once when its visibility is set to zero, also after a restart", async () => {
    const folder = await freshFolder();
    await open(folder);
    await send("again");
    await show(await receive(), 0);
    await server.stop();
    await open(folder);
    expect((await receive())?.Body).toBe("again");
  });

  test("move a message to its dead letters, where it stays; a forgiven receipt does not count", async () => {
    const folder = await freshFolder();
    await open(folder);
    await send("poison");
    for (const forgiven of [true, false, false]) {
      const message = await receive();
      expect(message?.Body).toBe("poison");
      if (forgiven) server.forgive("work", message?.ReceiptHandle ?? "");
      await show(message, 0);
    }
    expect(await receive()).toBeUndefined();
    expect(server.depth("dead")).toEqual({ ready: 1, inFlight: 0, delayed: 0 });
    await server.stop();
    await open(folder);
    expect((await receive("dead"))?.Body).toBe("poison");
  });

  test("follow a template that changes", async () => {
    const folder = await freshFolder();
    await open(folder);
    await send("under other rules");
    await server.stop();
    server = await openQueueServer(folder);
    server.ensureQueues([{ name: "work", attributes: { VisibilityTimeout: "5" } }]);
    expect((await receive())?.Body).toBe("under other rules");
  });

  test("share their address with buckets", async () => {
    const folder = await freshFolder();
    await open(folder);
    server.ensureBuckets(["exports"]);
    const object = { Bucket: "exports", Key: "a/b.csv" };
    const s3 = () =>
      new S3Client({ endpoint: server.url, region: localRegion, credentials: localCredentials, forcePathStyle: true });
    await s3().send(new PutObjectCommand({ ...object, Body: "1,2" }));
    await server.stop();
    await open(folder);
    server.ensureBuckets(["exports"]);
    const { Body } = await s3().send(new GetObjectCommand(object));
    expect(await Body?.transformToString()).toBe("1,2");
    await s3().send(new CreateBucketCommand({ Bucket: "another" }));
  });
});
