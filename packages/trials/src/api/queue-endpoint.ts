import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";

/** A message that a function sent and nobody took yet. */
export interface SentMessage {
  readonly queue: string;
  readonly id: string;
  readonly body: string;
}

/** Something that takes messages as SQS does, and hands them out by hand. */
export interface QueueEndpoint {
  readonly url: string;
  queueUrl(name: string): string;
  /** Takes out the oldest message. */
  take(): SentMessage | undefined;
  close(): Promise<void>;
}

interface SendMessage {
  readonly QueueUrl: string;
  readonly MessageBody: string;
}

/** Opens an endpoint of SQS's JSON protocol that knows how to be sent a message, and nothing else. Delays are passed over. */
export async function openQueueEndpoint(): Promise<QueueEndpoint> {
  const messages: SentMessage[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (request.headers["x-amz-target"] !== "AmazonSQS.SendMessage") return response.writeHead(400).end("{}");
      const { QueueUrl, MessageBody } = JSON.parse(Buffer.concat(chunks).toString()) as SendMessage;
      const id = randomUUID();
      messages.push({ queue: QueueUrl.split("/").at(-1) ?? "", id, body: MessageBody });
      const MD5OfMessageBody = createHash("md5").update(MessageBody).digest("hex");
      return response
        .writeHead(200, { "content-type": "application/x-amz-json-1.0" })
        .end(JSON.stringify({ MessageId: id, MD5OfMessageBody }));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  return {
    url,
    queueUrl: (name) => `${url}/000000000000/${name}`,
    take: () => messages.shift(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
