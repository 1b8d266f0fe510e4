#!/usr/bin/env node
// Plain JavaScript, because the Node that starts it may be older than the one that can run the sources.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [major = 0] = process.versions.node.split(".").map(Number);
const main = new URL("../src/main.ts", import.meta.url);

if (major >= 24) await import(main.href);
else process.exitCode = runWith(installedNode());

function installedNode() {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("node/package.json")), "bin", "node");
  } catch {
    return undefined;
  }
}

function runWith(node) {
  if (node === undefined) {
    console.error(
      `farthing needs Node.js 24, and this is ${process.version}. In its repository, run \`npm install\` first.`,
    );
    return 1;
  }
  const { status, error } = spawnSync(node, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: "inherit" });
  if (error) console.error(`farthing could not start ${node}: ${error.message}`);
  return status ?? 1;
}
