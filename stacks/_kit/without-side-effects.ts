import type { Plugin } from "esbuild";

/**
 * Lets esbuild leave out every module of ours that a handler names and does not use.
 *
 * None of them does anything by being imported, while esbuild has to assume so of each: a handler would carry the
 * clients and entities of all that its imports mention.
 */
export function withoutSideEffects(): Plugin {
  return {
    name: "without-side-effects",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^(\.|@farthing\/)/ }, async ({ path, resolveDir, kind, importer, pluginData }) => {
        // The second time round it is our own question below.
        if (pluginData === asked || kind === "entry-point" || resolveDir.includes("node_modules")) return undefined;
        const found = await resolve(path, { resolveDir, kind, importer, pluginData: asked });
        return found.errors.length > 0 ? { errors: found.errors } : { path: found.path, sideEffects: false };
      });
    },
  };
}

const asked = Symbol("asked");
