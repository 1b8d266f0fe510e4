import { defineConfig } from "vitest/config";

const everywhere = ["packages/**/*", "functions/**/*", "stacks/**/*", "web/lib/**/*"];
const named = (ending: string) => everywhere.map((glob) => `${glob}.${ending}`);
const nowhere = ["**/node_modules/**", "**/.next/**", "**/.open-next/**", "**/.build/**"];
const store = ["packages/local/src/dynamo-setup.ts"];
const quiet = { POWERTOOLS_METRICS_DISABLED: "true", POWERTOOLS_LOG_LEVEL: "SILENT", TZ: "UTC" };

/**
 * The suites by what they need: `unit` nothing, `fuzz` nothing but some time, `store` a DynamoDB Local, `stacks` a synthesis of
 * the SST app, `protocol` and `simulation` a minute of one core each, `system` a whole local cloud and a browser.
 */
export default defineConfig({
  test: {
    // Left to itself it keeps a core free, which is half of a small machine.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "unit",
          // The files share no state, and loading every module once costs a third.
          isolate: false,
          include: named("test.ts"),
          exclude: [
            ...nowhere,
            ...named("*.test.ts"),
            "packages/trials/src/!(cost|collection|policies|suite)/**",
            "stacks/**",
          ],
          env: quiet,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "fuzz",
          isolate: false,
          include: ["fuzz", "property", "long"].flatMap((kind) => named(`${kind}.test.ts`)),
          exclude: nowhere,
          env: quiet,
          // Properties take as long as their examples do: a busy machine is no failure, nor are ten times as many cases.
          testTimeout: 1_200_000,
        },
      },
      {
        test: {
          name: "store",
          // The AWS SDK is loaded and warmed up once; what a file leaves behind, its set-up takes away.
          isolate: false,
          include: named("integration.test.ts"),
          exclude: nowhere,
          globalSetup: store,
          setupFiles: ["packages/local/src/fresh-file.ts"],
          env: quiet,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "stacks",
          include: ["stacks/**/*.test.ts"],
          exclude: nowhere,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: "protocol",
          include: ["packages/trials/src/protocol/**/*.test.ts"],
          exclude: [...nowhere, ...named("integration.test.ts")],
          testTimeout: 3_600_000,
        },
      },
      {
        test: {
          name: "simulation",
          include: ["packages/trials/src/simulation/**/*.test.ts"],
          exclude: nowhere,
          env: quiet,
          testTimeout: 600_000,
        },
      },
      {
        test: {
          name: "system",
          include: ["packages/trials/src/**/*.e2e.test.ts"],
          exclude: [...nowhere, "packages/trials/src/browser/**"],
          fileParallelism: false,
          // The whole log under kills takes its time.
          testTimeout: 1_800_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: "console",
          include: ["packages/trials/src/browser/**/*.e2e.test.ts"],
          exclude: nowhere,
          globalSetup: ["packages/trials/src/browser/console-setup.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
