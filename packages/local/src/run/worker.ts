import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { InvocationError, Outcome, RequestBody, SentInvocation, WorkerMessage, WorkerStart } from "./messages.ts";

type Handler = (event: unknown, context: unknown) => unknown;

const start: WorkerStart = workerData;

async function load(): Promise<Handler> {
  const module: Record<string, unknown> = await import(pathToFileURL(start.file).href);
  const handler = module[start.exportName];
  if (typeof handler !== "function") throw new Error(`${start.file} exports no function ${start.exportName}`);
  return (event, context) => handler(event, context);
}

function text({ bytes, base64 }: RequestBody): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(base64 ? "base64" : "utf8");
}

function contextOf(invocation: SentInvocation) {
  return {
    awsRequestId: invocation.requestId,
    callbackWaitsForEmptyEventLoop: false,
    functionName: start.functionName,
    functionVersion: "$LATEST",
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadline - Date.now()),
    invokedFunctionArn: start.arn,
    logGroupName: `/aws/lambda/${start.functionName}`,
    logStreamName: "local",
    memoryLimitInMB: String(start.memoryMegabytes),
  };
}

function errorOf(thrown: unknown): InvocationError {
  if (!(thrown instanceof Error)) return { errorType: "Error", errorMessage: String(thrown) };
  return { errorType: thrown.name, errorMessage: thrown.message, trace: thrown.stack?.split("\n") ?? [] };
}

/** Lambda sends what a handler returns as JSON; a reply to a request stays an object, for its body may be large. */
function payloadOf(returned: unknown): unknown {
  if (typeof returned === "object" && returned !== null && "statusCode" in returned) {
    const { body, ...rest } = returned as { body?: unknown; statusCode: unknown };
    return { ...JSON.parse(JSON.stringify(rest)), ...(typeof body === "string" ? { body } : {}) };
  }
  const json = JSON.stringify(returned);
  return json === undefined ? null : JSON.parse(json);
}

const loading = load();
const say = (message: WorkerMessage): void => parentPort?.postMessage(message);
// A failure to load is reported by the invocation that finds it, and by each later one.
loading.then(
  () => say({ kind: "loaded" }),
  () => say({ kind: "loaded" }),
);

async function run(invocation: SentInvocation): Promise<Outcome> {
  try {
    const handler = await loading;
    const event =
      invocation.body === undefined
        ? invocation.event
        : Object.assign(Object(invocation.event), { body: text(invocation.body) });
    return { ok: true, payload: payloadOf(await handler(event, contextOf(invocation))) };
  } catch (thrown) {
    return { ok: false, error: errorOf(thrown) };
  }
}

parentPort?.on("message", (invocation: SentInvocation) => {
  const { requestId } = invocation;
  void run(invocation).then((outcome) => say({ kind: "ended", requestId, outcome }));
});
