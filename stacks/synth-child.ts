import type { SSTConfig } from "sst";
import { App } from "sst/constructs";
import { initProject, useProject } from "sst/project.js";
import { load } from "sst/stacks/build.js";
import { farthing } from "./app.ts";

/**
 * Writes the cloud assembly of the app into a folder, and ends.
 *
 * A process of its own: SST keeps the project, the stage and the app in globals, and changes the environment.
 */
async function main(root: string, outdir: string, stage: string, web: boolean): Promise<void> {
  process.chdir(root);
  // Without an explicit stage SST asks for one at the terminal, and waits.
  await initProject({ root, stage, region: "us-east-1" });
  const { config, paths } = useProject();
  const { name, region } = config;
  // Mode deploy: the functions as they are deployed. SST bundles nothing, since none of them are its own constructs.
  const app = new App(
    { mode: "deploy", name, stage, region: region ?? "us-east-1" },
    { outdir, analyticsReporting: false },
  );
  if (web) await (await configured(paths.config)).stacks(app);
  else farthing(app, { web: false });
  await app.finish();
  app.synth();
}

/** The app as `sst deploy` reads it, by the same loader. */
async function configured(file: string): Promise<SSTConfig> {
  const [, config] = await load(file, false);
  return config;
}

const [root, outdir, stage, web] = process.argv.slice(2);
if (root === undefined || outdir === undefined || stage === undefined) {
  throw new Error("Started by synth.ts: synth-child.ts <root> <outdir> <stage> [web]");
}
await main(root, outdir, stage, web === "web");
