import { beforeAll, expect, test } from "vitest";
import { scratchFolders } from "./_kit/scratch-folders.ts";
import { emptyHandlers, scratchRoot } from "./_kit/scratch-root.ts";
import { type Templates, templates } from "./_kit/templates.ts";

/**
 * What OpenNext leaves behind, by shape alone: building the console takes minutes.
 * `web.deploy.test.ts` asserts the same on the real build.
 */
const built = {
  edgeFunctions: {},
  origins: {
    s3: {
      type: "s3",
      originPath: "_assets",
      copy: [{ from: ".open-next/assets", to: "_assets", cached: true, versionedSubDir: "_next" }],
    },
    imageOptimizer: {
      type: "function",
      handler: "index.handler",
      bundle: ".open-next/image-optimization-function",
      streaming: false,
    },
    default: {
      type: "function",
      handler: "index.handler",
      bundle: ".open-next/server-functions/default",
      streaming: false,
    },
  },
  behaviors: [
    { pattern: "_next/static/*", origin: "s3" },
    { pattern: "*", origin: "default" },
  ],
  additionalProps: {},
};

const scratch = scratchFolders();
let stacks: Templates;
beforeAll(async () => {
  const root = await scratchRoot(await scratch(), {
    ...emptyHandlers(),
    "web/package.json": `{ "name": "console" }`,
    "web/.next/BUILD_ID": "build-1",
    "web/.next/routes-manifest.json": JSON.stringify({ dynamicRoutes: [], staticRoutes: [], dataRoutes: [] }),
    "web/.next/app-path-routes-manifest.json": "{}",
    "web/.next/server/app-paths-manifest.json": "{}",
    "web/.next/server/pages-manifest.json": "{}",
    "web/.open-next/open-next.output.json": JSON.stringify(built),
    "web/.open-next/assets/_next/static/console.js": "1;",
    "web/.open-next/image-optimization-function/index.mjs": "export const handler = 1;",
    "web/.open-next/revalidation-function/index.mjs": "export const handler = 1;",
    "web/.open-next/server-functions/default/index.mjs": "export const handler = 1;",
  });
  stacks = await templates({ root, web: true });
});

test("the console runs on Lambda with Node 24, and knows the API by its address alone", () => {
  const server = stacks.all("AWS::Lambda::Function").find(({ id }) => id.includes("ServerFunction"));
  expect(server).toMatchObject({
    stack: "Web",
    properties: {
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      MemorySize: 1024,
      Timeout: 29,
      Environment: { Variables: { FARTHING_API_URL: "Api.ApiEndpoint" } },
    },
  });
  expect(Object.keys(Object(server?.properties.Environment).Variables)).not.toContain("FARTHING_CONSOLE_KEY");
});

test("it is served by CloudFront over HTTPS, and nothing of it runs at the edge but header rewriting", () => {
  const distributions = stacks.all("AWS::CloudFront::Distribution");
  expect(distributions).toHaveLength(1);
  const { DefaultCacheBehavior, CacheBehaviors } = Object(distributions[0]?.properties.DistributionConfig);
  for (const behavior of [DefaultCacheBehavior, ...CacheBehaviors]) {
    expect(behavior.ViewerProtocolPolicy).toBe("redirect-to-https");
    expect(behavior.LambdaFunctionAssociations ?? []).toEqual([]);
  }
});

test("its files lie in a bucket that nobody reads but CloudFront", () => {
  const [bucket] = stacks.all("AWS::S3::Bucket");
  expect(bucket?.properties.PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  });
});

test("it may touch no table or queue of the product", () => {
  const policies = JSON.stringify(stacks.all("AWS::IAM::Policy").filter(({ stack }) => stack === "Web"));
  expect(policies).not.toMatch(/Journal|Registry|"Log\.|Rolls|Settlements/);
});

test("its failures ring", () => {
  const alarms = stacks.all("AWS::CloudWatch::Alarm").filter(({ stack }) => stack === "Web");
  expect(alarms.map(({ properties }) => properties)).toMatchObject([{ Namespace: "AWS/Lambda", MetricName: "Errors" }]);
});
