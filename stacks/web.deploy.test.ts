import { execSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { repository } from "./_kit/scratch-root.ts";
import { type Templates, templates } from "./_kit/templates.ts";
import { buildConsole } from "./web.ts";

const asked = process.env.FARTHING_TEST_OPEN_NEXT === "1";
if (!asked)
  console.warn("Skipped: the console's stack on its real build. FARTHING_TEST_OPEN_NEXT=1 builds it (minutes).");

describe.skipIf(!asked)("the console, built as it is deployed", () => {
  const output = join(repository, "web/.open-next/open-next.output.json");
  let stacks: Templates;
  beforeAll(async () => {
    execSync(buildConsole, { cwd: join(repository, "web"), stdio: "inherit" });
    stacks = await templates({ web: true });
  }, 900_000);

  test("has one server and no edge functions", () => {
    const { edgeFunctions, origins } = JSON.parse(readFileSync(output, "utf8"));
    expect(Object.keys(edgeFunctions)).toEqual([]);
    expect(Object.keys(origins).sort()).toEqual(["default", "imageOptimizer", "s3"]);
  });

  test("fits a distribution: CloudFront takes 25 behaviours", () => {
    const [distribution] = stacks.all("AWS::CloudFront::Distribution");
    const { CacheBehaviors } = Object(distribution?.properties.DistributionConfig);
    expect(CacheBehaviors.length).toBeLessThan(25);
  });

  test("runs on Node 24, with the API's address", () => {
    const server = stacks.all("AWS::Lambda::Function").find(({ id }) => id.includes("ServerFunction"));
    expect(server?.properties).toMatchObject({
      Runtime: "nodejs24.x",
      Environment: { Variables: { FARTHING_API_URL: "Api.ApiEndpoint" } },
    });
  });

  test("leaves no file of SST's in web/", () => {
    expect(existsSync(join(repository, "web/sst-env.d.ts"))).toBe(false);
  });
});
