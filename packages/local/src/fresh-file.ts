import { afterAll, vi } from "vitest";

// A vitest set-up: the files of a project share a process, and with it the libraries that they load, but neither the product's
// modules, which keep what they found in the environment, nor what a file writes into the environment.
vi.resetModules();
const before = { ...process.env };

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});
