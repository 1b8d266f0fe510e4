import { findPackageJSON } from "node:module";

/** The path of an installed package's manifest. Errors: throws where the package is not installed. */
export function packageManifest(name: string): string {
  const found = findPackageJSON(name, import.meta.url);
  if (found === undefined) throw new Error(`${name} is not installed`);
  return found;
}
