import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Browser, Page, PageScreenshotOptions } from "playwright-core";
import { packageManifest } from "./package-manifest.ts";

/** How a page is looked at. */
export interface View {
  readonly scheme: "light" | "dark";
  readonly width: number;
  readonly height: number;
}

/** A page of the console, and everything that it should not have done. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings of the console, uncaught errors, and requests to any host but this machine. */
  readonly complaints: readonly string[];
}

const pictures = process.env.FARTHING_SCREENSHOTS;
const quiet = /Download the React DevTools/;
let axe: string | undefined;

/** Opens an empty page in a context of its own that notes what goes wrong. */
export async function watchedPage(browser: Browser, { scheme, width, height }: View): Promise<WatchedPage> {
  axe ??= await readFile(join(dirname(packageManifest("axe-core")), "axe.min.js"), "utf8");
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: "reduce",
  });
  await context.addInitScript(axe);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on("console", (message) => {
    const kind = message.type();
    if ((kind === "error" || kind === "warning") && !quiet.test(message.text()))
      complaints.push(`${kind}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== "data:" && hostname !== "127.0.0.1") complaints.push(`request to ${hostname}`);
  });
  return { page, complaints };
}

/** Waits until nothing on the page is on its way any more: no skeleton, no chart that is still to be drawn. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await page.locator('[data-state="loading"], .skeleton').first().waitFor({ state: "detached" });
  await page.evaluate("document.fonts.ready.then(() => true)");
}

/** The accessibility faults of a page, as axe finds them by WCAG 2.2 at level AA. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  const tags = JSON.stringify(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]);
  return await page.evaluate<readonly string[]>(
    `axe.run({ runOnly: ${tags} }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ": " + target.join(" "))))`,
  );
}

/** How many pixels of a page lie to the right of what the window shows. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return await page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}

/** Leaves a picture of a page in the folder that `FARTHING_SCREENSHOTS` names; where it names none, nobody wants one. */
export async function picture(page: Page, name: string, options: PageScreenshotOptions = {}): Promise<void> {
  if (pictures) await page.screenshot({ ...options, path: join(pictures, `${name}.png`) });
}
