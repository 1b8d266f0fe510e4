// Runs before `npm start` and `npm test`, on whatever Node the machine has, when nothing may be installed yet: so it is
// plain JavaScript and imports built-in modules only.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const oldestNode = 20;
const root = dirname(fileURLToPath(import.meta.url));

/** The packages that a lock file lists, by folder; undefined when there is no such file, or it cannot be read. */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/**
 * Whether what is installed is what the lock file says, by content: the times of files say nothing after a clone, a
 * checkout or a copy. Optional packages may be missing, since most are for other platforms.
 */
function isInstalled() {
  const wanted = packagesOf(join(root, "package-lock.json"));
  const present = packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (wanted === undefined || present === undefined) return false;
  // Its own install script brings it, so the lock files do not tell whether it is there.
  if (!existsSync(join(root, "node_modules", ".bin", "node"))) return false;
  return Object.entries(wanted).every(([folder, entry]) => {
    if (folder === "") return true;
    const found = present[folder];
    if (found === undefined) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && found.integrity === entry.integrity && found.link === entry.link;
  });
}

/** Runs `npm ci` with the npm that runs us. */
function install() {
  const npm = process.env.npm_execpath;
  const [program, ...first] = npm?.endsWith("js") ? [process.execPath, npm] : ["npm"];
  const argv = [...first, "ci", "--no-audit", "--no-fund", "--loglevel=error"];
  return spawnSync(program, argv, { cwd: root, stdio: "inherit" }).status ?? 1;
}

const major = Number(process.versions.node.split(".")[0]);
if (major < oldestNode) {
  console.error(
    `Farthing needs Node.js ${oldestNode} or later, and this is ${process.versions.node}: see https://nodejs.org`,
  );
  process.exit(1);
}
if (!isInstalled()) {
  console.log("Installing what is missing (npm ci) …");
  const status = install();
  if (status !== 0) {
    console.error("npm ci failed; what it said stands above.");
    process.exit(status);
  }
}
