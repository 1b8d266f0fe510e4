import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { bundleForm } from "./_kit/bundle-form.ts";
import { assertStage } from "./_kit/stage.ts";
import { bundleFunctions } from "./bundle.ts";

const usage = `Deploys Farthing to AWS.

  npm run deploy -- --stage <name> [--region <region>] [--profile <profile>]

The stage names one installation: prod, staging, dev-ada. docs/deploy.md says what the account needs.`;

const missingCredentials = `There are no AWS credentials to deploy with.

Sign in (aws sso login, or aws configure) and name the profile with --profile or AWS_PROFILE,
or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. docs/deploy.md says what they must allow.`;

/** A deployment that cannot start, in words for the person who asked for it. */
class Refusal extends Error {}

interface Request {
  readonly stage: string;
  readonly region: string | undefined;
  readonly profile: string | undefined;
}

/** Reads the command line. Errors: throws a `Refusal` that says what is wrong and how it is used. */
function request(argv: readonly string[]): Request {
  const options = { stage: { type: "string" }, region: { type: "string" }, profile: { type: "string" } } as const;
  try {
    const { stage, region, profile } = parseArgs({ args: [...argv], options }).values;
    if (stage === undefined) throw new Error("Which stage? There is no default.");
    assertStage(stage);
    if (stage === "local" || stage === "test") throw new Error(`The stage "${stage}" is the local cloud's own.`);
    return { stage, region, profile };
  } catch (error) {
    throw new Refusal(`${messageOf(error)}\n\n${usage}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Asks the SDK's own chain, as `sst` will: environment, profile, sign-on, container or instance. */
async function requireCredentials(profile: string | undefined): Promise<void> {
  const client = new DynamoDBClient({ region: "us-east-1", ...(profile !== undefined && { profile }) });
  try {
    await client.config.credentials();
  } catch (error) {
    throw new Refusal(`${missingCredentials}\n\nThe AWS SDK says: ${messageOf(error)}`);
  } finally {
    client.destroy();
  }
}

async function deploy({ stage, region, profile }: Request): Promise<number> {
  const root = dirname(import.meta.dirname);
  if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
  await requireCredentials(profile);
  const { bundles } = await bundleFunctions(root, bundleForm(stage));
  const kib = bundles.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / 1024;
  console.log(`${bundles.length} functions bundled, ${kib.toFixed(0)} KiB.`);

  const args = ["deploy", "--stage", stage];
  if (region !== undefined) args.push("--region", region);
  if (profile !== undefined) args.push("--profile", profile);
  const sst = spawn(process.execPath, [join(root, "node_modules/sst/cli/sst.js"), ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, SST_TELEMETRY_DISABLED: "1" },
  });
  return new Promise((done, fail) => {
    sst.on("error", fail);
    sst.on("close", (code) => done(code ?? 1));
  });
}

try {
  process.exitCode = await deploy(request(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
