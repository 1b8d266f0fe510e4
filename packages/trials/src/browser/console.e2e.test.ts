import { add, compare, type Decimal, decimal, formatDecimal } from "@farthing/money";
import { FarthingClient, type Invoice, type InvoiceLine } from "@farthing/sdk";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "./chromium.ts";
import { runningCloud } from "./running-cloud.ts";
import { startSignedOutConsole } from "./signed-out-console.ts";
import {
  accessibilityFaults,
  picture,
  settled,
  sidewaysScroll,
  type View,
  type WatchedPage,
  watchedPage,
} from "./watched-page.ts";

const cloud = runningCloud();
if (!cloud)
  console.warn("SKIPPED: the console's browser test needs a running local cloud, named by FARTHING_LOCAL_JSON.");

const desktop: View = { scheme: "light", width: 1280, height: 900 };

/** An invoice whose line has more charges than one page shows, so that the way down ends at a second page. */
interface Evidence {
  readonly invoice: Invoice;
  readonly line: InvoiceLine;
}

describe.skipIf(!cloud)("the console", { timeout: 240_000 }, () => {
  const {
    console: origin,
    api: url,
    keys,
  } = cloud ?? { console: "", api: "", keys: { admin: "", read: "", ingest: "" } };
  const api = cloud ? new FarthingClient({ key: keys.read, url }) : undefined;
  let browser: Browser | undefined;
  let evidence: Evidence | undefined;

  beforeAll(async () => {
    const launched = await launchChromium();
    if ("reason" in launched) console.warn(`SKIPPED: ${launched.reason}`);
    else browser = launched;
    evidence = api && (await findEvidence(api));
  }, 120_000);

  afterAll(() => browser?.close());

  async function open(view: View = desktop): Promise<WatchedPage> {
    if (!browser) throw new Error("there is no browser");
    return await watchedPage(browser, view);
  }

  test("leads from the overview to the second page of the charges under a line", async ({ skip }) => {
    if (!browser || !evidence) return skip("no browser, or no invoice with more than a page of charges");
    const { invoice, line } = evidence;
    const { page, complaints } = await open();

    await page.goto(origin);
    await settled(page);
    expect(await page.title()).toMatch(/^Overview · .+ · Farthing$/);
    expect(await page.locator('[data-panel="conservation"] >> text=Gap').locator("data").getAttribute("value")).toBe(
      "0",
    );

    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Customers" }).click();
    await page.getByLabel("Customer id").fill(invoice.customer);
    await page.getByRole("button", { name: "Find" }).click();
    await page.locator('[data-panel="customers"] tbody tr').getByRole("link").click();
    await page.waitForURL(`**/customers/${encodeURIComponent(invoice.customer)}`);
    await settled(page);

    await page.locator('[data-panel="usage"]').getByRole("link").last().click();
    await page.waitForURL("**/customers/*?from=*");
    await expectChartIsItsTable(page, invoice.customer);
    await picture(page, "walk-customer", { fullPage: true });

    await page.locator(`[data-panel="invoices"] a[href="/invoices/${encodeURIComponent(invoice.id)}"]`).click();
    await page.waitForURL("**/invoices/*");
    await settled(page);
    await expectSumsHold(page, invoice);

    await page.locator(`[data-line="${line.id}"]`).click();
    const charges = page.locator('[data-panel="charges"]');
    await charges.waitFor();
    const first = await runningTotals(charges);
    expect(first.at(-1)?.running).toBe(sumText(first.map(({ amount }) => amount)));

    await charges.getByRole("link", { name: "Next page" }).click();
    await page.waitForURL("**cursor=**");
    await charges.getByRole("link", { name: "First page" }).waitFor();
    const second = await runningTotals(charges);
    expect(second.at(-1)?.running).toBe(sumText([...first, ...second].map(({ amount }) => amount)));
    await picture(page, "walk-charges");

    await page.goBack();
    await charges.getByRole("link", { name: "First page" }).waitFor({ state: "detached" });
    await page.reload();
    await charges.waitFor();
    expect(await runningTotals(charges)).toEqual(first);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  async function expectChartIsItsTable(page: Page, customer: string): Promise<void> {
    const chart = page.locator("figure[data-chart]").first();
    await chart.locator(".recharts-bar-rectangle").first().waitFor();
    await chart.getByRole("button", { name: "Table" }).click();
    const values = await chart.locator("tbody td data").evaluateAll(valuesOf);
    const starts = await chart.locator("tbody time").evaluateAll(datesOf);
    expect(await chart.locator("tfoot td data").evaluateAll(valuesOf)).toEqual([sumText(values)]);

    // The last day may be under way, so the API is asked for all days but that one.
    const title = await chart.getAttribute("data-chart");
    const meters = await api?.meters.list({ limit: 500 });
    const meter = meters?.items.find(({ key, name }) => (name ?? key) === title)?.key ?? "";
    const [from = "", to = ""] = [starts[0], starts.at(-1)];
    if (from === to) return;
    const usage = await api?.usage.query({ meter, customer, from, to, window: "none" });
    expect(sumText(values.slice(0, -1))).toBe(sumText((usage?.rows ?? []).map(({ value }) => value ?? "0")));
  }

  test("exports a settlement without showing the key to the browser", async ({ skip }) => {
    if (!browser || !evidence) return skip("no browser, or no invoice with more than a page of charges");
    const { page, complaints } = await open();
    await page.goto(`${origin}/settlements/${encodeURIComponent(evidence.invoice.settlement)}`);
    await settled(page);
    const path = await page.getByRole("link", { name: "Export as CSV" }).getAttribute("href");
    const answer = await page.request.get(`${origin}${path}`);
    expect(answer.status()).toBe(200);
    expect(answer.headers()["content-disposition"]).toMatch(/^attachment; filename="settlement-[\w.-]+\.csv"$/);
    expect(await answer.text()).toContain(evidence.invoice.customer);
    const markup = await page.content();
    for (const key of Object.values(keys)) expect(markup).not.toContain(key);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("adds grouped usage up to the same total in chart, table and groups", async ({ skip }) => {
    if (!browser || !evidence) return skip("no browser, or no invoice with more than a page of charges");
    const { page, complaints } = await open();
    const [from, through] = [evidence.invoice.period.from.slice(0, 10), evidence.invoice.period.to.slice(0, 10)];
    await page.goto(`${origin}/usage?from=${from}&through=${through}`);
    await settled(page);
    await page.getByLabel("Group by").selectOption("customer");
    await page.waitForURL("**by=customer**");
    await settled(page);
    const groups = page.locator('[data-panel="groups"]');
    const total = await groups.locator("tfoot data").getAttribute("value");
    expect(sumText(await groups.locator("tbody td data").evaluateAll(valuesOf))).toBe(total);
    await page.getByRole("button", { name: "Table" }).click();
    expect(await page.locator("figure tfoot td data").last().getAttribute("value")).toBe(total);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("works by keyboard: the skip link comes first, and the drawer gives the focus back", async ({ skip }) => {
    if (!browser) return skip("no browser");
    const { page, complaints } = await open({ scheme: "light", width: 360, height: 740 });
    await page.goto(`${origin}/customers`);
    await settled(page);
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Skip to the content");
    await page.getByRole("button", { name: "Open the menu" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe("Open the menu");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("keeps the theme that a reader chose", async ({ skip }) => {
    if (!browser) return skip("no browser");
    const { page, complaints } = await open();
    await page.goto(`${origin}/meters`);
    await page.getByRole("button", { name: "Dark theme" }).click();
    await page.locator('html[data-theme="dark"]').waitFor();
    await page.reload();
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  const places = [
    { name: "overview", path: () => "/" },
    { name: "customers", path: () => "/customers" },
    { name: "no-customer", path: () => "/customers?id=nobody-has-this-id" },
    { name: "customer", path: ({ invoice }: Evidence) => `/customers/${encodeURIComponent(invoice.customer)}` },
    { name: "usage", path: () => "/usage?range=7d&window=hour" },
    { name: "meters", path: () => "/meters" },
    { name: "plans", path: () => "/plans" },
    { name: "invoices", path: () => "/invoices" },
    {
      name: "invoice",
      path: ({ invoice, line }: Evidence) =>
        `/invoices/${encodeURIComponent(invoice.id)}?line=${encodeURIComponent(line.id)}`,
    },
    { name: "settlements", path: () => "/settlements" },
    { name: "settlement", path: ({ invoice }: Evidence) => `/settlements/${encodeURIComponent(invoice.settlement)}` },
    { name: "nothing", path: () => "/customers/nobody-has-this-id" },
  ] as const;
  const views: readonly (View & { readonly name: string })[] = [
    { name: "light", ...desktop },
    { name: "dark", ...desktop, scheme: "dark" },
    { name: "narrow", scheme: "light", width: 360, height: 740 },
  ];

  for (const view of views) {
    test(`stands up to axe, fits and stays on this machine: ${view.name}`, async ({ skip }) => {
      if (!browser || !evidence) return skip("no browser, or no invoice with more than a page of charges");
      const { page, complaints } = await open(view);
      for (const { name, path } of places) {
        await page.goto(`${origin}${path(evidence)}`);
        await settled(page);
        await picture(page, `${view.name}-${name}`, { fullPage: true });
        expect(await accessibilityFaults(page), `${name} in ${view.name}`).toEqual([]);
        expect(await sidewaysScroll(page), `${name} in ${view.name}`).toBe(0);
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  }

  test("without a key of its own it asks for one, and tells nothing about a wrong one", async ({ skip }) => {
    if (!browser) return skip("no browser");
    await using signedOut = await startSignedOutConsole(url);
    const { page, complaints } = await open();
    await page.goto(`${signedOut.origin}/invoices?status=carried`);
    await page.waitForURL("**/login?next=**");
    expect(await accessibilityFaults(page)).toEqual([]);

    for (const wrong of ["frt_local_0000000000000000000000000000", "nonsense-of-some-length"]) {
      const key = page.getByLabel("API key");
      await key.fill(wrong);
      await page.getByRole("button", { name: "Sign in" }).click();
      // The form empties itself once its answer is there.
      await expect.poll(() => key.inputValue()).toBe("");
      expect(await page.getByRole("alert").filter({ hasText: "key" }).textContent()).toBe("This key was not accepted.");
    }
    await page.getByLabel("API key").fill(keys.read);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${signedOut.origin}/invoices?status=carried`);
    await settled(page);
    const cookie = (await page.context().cookies()).find(({ name }) => name === "farthing_session");
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });

    await page.goto(`${signedOut.origin}/login?next=//example.com/`);
    await page.getByLabel("API key").fill(keys.read);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${signedOut.origin}/`);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL("**/login");
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain("farthing_session");
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** The invoice with the most events among the newest, and its first line with more charges than a page shows. */
async function findEvidence(api: FarthingClient): Promise<Evidence | undefined> {
  const { items } = await api.invoices.list({ limit: 500 });
  for (const { id } of [...items].sort((a, b) => b.events - a.events).slice(0, 5)) {
    const invoice = await api.invoices.get(id);
    for (const line of invoice.lines) {
      const { nextCursor } = await api.invoices.charges(id, { limit: 50, line: line.id });
      if (nextCursor) return { invoice, line };
    }
  }
  return undefined;
}

/** Lines add up to the total, and exact + carried in = total + carried out, in the page's own numbers. */
async function expectSumsHold(page: Page, invoice: Invoice): Promise<void> {
  const amounts = await page.locator('[data-panel="lines"] tbody td:last-child data').evaluateAll(valuesOf);
  expect(sumText(amounts)).toBe(sumText([invoice.total]));
  const sums = await page.locator('[data-panel="sums"] dd data').evaluateAll(valuesOf);
  const [exact = "", carriedIn = "", toSettle = "", total = "", carriedOut = ""] = sums;
  expect([exact, carriedIn, total, carriedOut]).toEqual([
    invoice.exact,
    invoice.carriedIn,
    invoice.total,
    invoice.carriedOut,
  ]);
  expect(compare(decimal(sumText([exact, carriedIn])), decimal(toSettle))).toBe(0);
  expect(compare(decimal(sumText([total, carriedOut])), decimal(toSettle))).toBe(0);
}

async function runningTotals(
  charges: Locator,
): Promise<readonly { readonly amount: string; readonly running: string }[]> {
  const amounts = await charges.locator("tbody td:nth-child(4) data").evaluateAll(valuesOf);
  const running = await charges.locator("tbody td:nth-child(5) data").evaluateAll(valuesOf);
  return amounts.map((amount, index) => ({ amount, running: sumText([running[index] ?? ""]) }));
}

interface Marked {
  getAttribute(name: string): string | null;
}

function valuesOf(elements: readonly Marked[]): string[] {
  return elements.map((element) => element.getAttribute("value") ?? "");
}

function datesOf(elements: readonly Marked[]): string[] {
  return elements.map((element) => element.getAttribute("datetime") ?? "");
}

function sumText(values: readonly string[]): string {
  return formatDecimal(values.reduce<Decimal>((total, value) => add(total, decimal(value)), decimal("0")));
}
