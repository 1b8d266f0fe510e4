import { Duration } from "aws-cdk-lib/core";
import { NextjsSite, type StackContext, use } from "sst/constructs";
import { alarm } from "./_kit/alarm.ts";
import { Shared } from "./shared.ts";

/** Builds the console, in its folder, with the version in the lock file: SST would fetch one at each deployment. */
export const buildConsole = "npx --no-install open-next build";

/** The console: Next on Lambda behind CloudFront. It holds no key; each person signs in with one of their own. */
export function Web({ stack }: StackContext) {
  const { api } = use(Shared);
  const site = new NextjsSite(stack, "Console", {
    path: "web",
    // Where SST keeps its types already: it would write a file into `web/` otherwise.
    typesPath: "../.sst/types",
    openNextVersion: "4.1.12",
    buildCommand: buildConsole,
    runtime: "nodejs24.x",
    memorySize: "1024 MB",
    timeout: "29 seconds",
    environment: { FARTHING_API_URL: api.apiEndpoint },
  });
  // There is none while the stage is being removed.
  const server = site.cdk?.function;
  if (server !== undefined) {
    alarm(stack, "ConsoleErrors", {
      why: "The console failed to answer: see the log of its server function.",
      metric: server.metricErrors({ statistic: "Sum", period: Duration.minutes(5) }),
      atLeast: 1,
    });
  }
  stack.addOutputs({ ConsoleUrl: site.url });
}
