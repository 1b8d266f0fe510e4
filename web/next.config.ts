import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";

const repository = fileURLToPath(new URL("..", import.meta.url));

/**
 * How the console is built. `output` is left alone: `next start` serves it on one machine, and OpenNext asks for the
 * standalone output by itself when it packs the same build for AWS.
 */
const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  devIndicators: false,
  transpilePackages: ["@farthing/sdk"],
  // The workspace's packages lie beside this folder, so both tracing and the bundler start at the repository.
  outputFileTracingRoot: repository,
  turbopack: { root: repository },
};

export default config;
