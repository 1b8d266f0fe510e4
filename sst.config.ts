import type { SSTConfig } from "sst";
import { bundleForm } from "./stacks/_kit/bundle-form.ts";
import { farthing } from "./stacks/app.ts";
import { bundleFunctions } from "./stacks/bundle.ts";

/** The app, as `sst` deploys it; the local cloud synthesises the same stacks without the console's. */
export default {
  config({ region }) {
    return { name: "farthing", region: region ?? process.env.AWS_REGION ?? "us-east-1" };
  },
  async stacks(app) {
    await bundleFunctions(app.appPath, bundleForm(app.stage));
    farthing(app, { web: true });
  },
} satisfies SSTConfig;
