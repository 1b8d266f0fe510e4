import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { freePort, isFree } from "./ports.ts";

test("a free port is none that the system gives to connections", async () => {
  for (let time = 0; time < 20; time++) expect(await freePort()).toBeLessThan(32_768);
});

test("a port is taken while somebody listens", async () => {
  const port = await freePort();
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  expect(await isFree(port)).toBe(false);
  await new Promise((done) => server.close(done));
  expect(await isFree(port)).toBe(true);
});
