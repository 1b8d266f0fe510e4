import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BooksWorld, makeBooks, type Receiver, startReceiver } from "./books-world.ts";
import { launchChromium } from "./chromium.ts";
import { runningCloud } from "./running-cloud.ts";
import { accessibilityFaults, picture, settled, sidewaysScroll, type View, watchedPage } from "./watched-page.ts";

const cloud = runningCloud();
if (!cloud) console.warn("SKIPPED: the books' browser test needs a running local cloud, named by FARTHING_LOCAL_JSON.");

const desktop: View = { scheme: "light", width: 1280, height: 900 };
const phone: View = { scheme: "dark", width: 360, height: 740 };

describe.skipIf(!cloud)("invoices, books and webhooks in the console", { timeout: 240_000 }, () => {
  const origin = cloud?.console ?? "";
  let browser: Browser | undefined;
  let receiver: Receiver | undefined;
  let world: BooksWorld | undefined;

  beforeAll(async () => {
    receiver = await startReceiver();
    world = cloud && (await makeBooks(cloud, receiver));
    const launched = await launchChromium();
    if ("reason" in launched) console.warn(`SKIPPED: ${launched.reason}`);
    else browser = launched;
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await receiver?.[Symbol.asyncDispose]();
  });

  /** Opens a page, and checks afterwards that it did nothing that it should not. */
  async function open(path: string, view: View = desktop) {
    if (!browser || !world || !receiver) throw new Error("there is no browser");
    const watched = await watchedPage(browser, view);
    const { page, complaints } = watched;
    await page.goto(`${origin}${path}`);
    await settled(page);
    const done = async (): Promise<void> => {
      // What the frame's own bar covers of a scrolled page is no fault of the page.
      await page.evaluate("scrollTo(0, 0)");
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    };
    return { page, world, receiver, done };
  }

  test("an invoice shows its state, what became of it, its payment and its credit note", async ({ skip }) => {
    if (!browser || !world) return skip("no browser");
    const { invoice, api } = world;
    const { page, done } = await open(`/invoices/${encodeURIComponent(invoice.id)}`);
    const history = page.locator('[data-panel="history"] tbody tr');
    expect(await statesOf(history)).toEqual(invoice.history.map(({ status }) => status));
    await history.getByText("Bank transfer").waitFor();
    const { attempts } = await api.invoices.collection(invoice.id);
    expect(attempts.length).toBeGreaterThan(0);
    const payments = page.locator('[data-panel="payments"] tbody tr');
    expect(await statesOf(payments)).toEqual([...attempts.map(({ outcome }) => outcome), "paid_outside"]);
    const paid = page.locator('[data-panel="payments"] tbody tr', { hasText: "BT-7" });
    expect(await valuesOf(paid)).toEqual([invoice.total]);
    const [note] = (await api.creditNotes.list({ invoice: invoice.id })).items;
    expect(await valuesOf(page.locator('[data-panel="credit-notes"] tbody tr'))).toEqual([note?.exact, note?.total]);
    const facts = page.locator('[data-panel="facts"]');
    await facts.getByTitle(invoice.digest ?? "no digest", { exact: true }).waitFor();
    expect(await facts.locator(`time[datetime="${invoice.dueAt}"]`).count()).toBe(1);
    const file = page.waitForEvent("download");
    await page.locator('[data-panel="credit-notes"]').getByRole("link", { name: "PDF" }).click();
    expect((await file).suggestedFilename()).toMatch(/^credit-note-.+\.pdf$/);
    await done();
  });

  test("a customer's page shows the draft as the API does", async ({ skip }) => {
    if (!browser || !world) return skip("no browser");
    const { page, done } = await open(`/customers/${encodeURIComponent(world.customer)}`);
    const [draft] = (await world.api.invoices.draft(world.customer)).invoices;
    const panel = page.locator('[data-panel="draft"]');
    await panel.getByText(/^Draft, updates until/).waitFor();
    expect(await valuesOf(panel.locator("[data-draft-total]"))).toEqual([draft?.total]);
    expect(await valuesOf(panel.locator("tbody tr"))).toEqual(
      draft?.lines.flatMap(({ exact, amount }) => [exact, amount]),
    );
    await done();
  });

  test("who is past due is who the API says", async ({ skip }) => {
    if (!browser || !world) return skip("no browser");
    const { page, done } = await open("/");
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Past due" }).click();
    await page.waitForURL("**/invoices?status=past_due");
    await page.getByRole("heading", { name: "Customers past due" }).waitFor();
    await settled(page);
    expect(await page.locator('[aria-current="page"]').allTextContents()).toContain("Past due");
    const late = new Set<string>();
    for await (const { currency, customer } of world.api.invoices.each({ status: "past_due" }))
      late.add(`${currency} ${customer}`);
    expect(await page.locator('[data-panel="past-due"] tbody tr').count()).toBe(late.size);
    const row = page.locator('[data-panel="past-due"] tbody tr', { hasText: world.late.customer });
    expect(await valuesOf(row)).toEqual([world.late.due]);
    const { pastDueAt } = await world.api.invoices.collection(world.late.id);
    expect(await row.locator("time").getAttribute("datetime")).toBe(pastDueAt);
    await row.getByRole("link", { name: String(world.late.number), exact: true }).click();
    await page.locator('[data-panel="payments"]').getByText("below_minimum").first().waitFor();
    await done();
  });

  test("the ledger shows the trial balance, and each account leads to its entries", async ({ skip }) => {
    if (!browser || !world) return skip("no browser");
    const { api } = world;
    const at = new Date().toISOString();
    const balance = await api.ledger.trialBalance({ at });
    const { page, done } = await open(`/ledger?at=${encodeURIComponent(at)}`);
    expect(await page.locator('[data-panel="verdict"]').getAttribute("data-balanced")).toBe("true");
    for (const { currency, debit, credit } of balance.totals) {
      const accounts = balance.accounts.filter((account) => account.currency === currency);
      const panel = page.locator(`[data-panel="books-${currency}"]`);
      expect(await valuesOf(panel.locator("tbody tr"))).toEqual(
        accounts.flatMap((account) => [account.debit, account.credit, account.balance]),
      );
      expect(await valuesOf(panel.locator("[data-sum]"))).toEqual([debit, credit, "0"]);
    }
    const closes = (await api.ledger.closes({ limit: 500 })).items;
    expect(await page.locator('[data-panel="closes"] tbody tr').count()).toBe(closes.length);
    const journal = await page.request.get(`${origin}/ledger/journal?format=csv`);
    expect(await journal.text()).toBe(await (await api.ledger.journal({ format: "csv" })).text());
    await page.locator('[data-panel="books-USD"]').getByRole("link", { name: "Revenue" }).click();
    await page.waitForURL("**/ledger/accounts/revenue%3AUSD?to=*");
    await page.locator('[data-panel="entries"] tbody tr').first().waitFor();
    const entries = (await api.ledger.entries("revenue:USD", { to: at })).items;
    expect(await page.locator('[data-panel="entries"] tbody tr').count()).toBe(entries.length);
    expect((await valuesOf(page.locator('[data-panel="entries"] tbody tr').last())).at(-1)).toBe(
      entries.at(-1)?.balance,
    );
    await done();
  });

  test("a delivery is sent again after it was confirmed, under the same id", async ({ skip }) => {
    if (!browser || !world || !receiver) return skip("no browser");
    const { webhook, delivery } = world;
    const { page, done } = await open("/developers/webhooks");
    await page.getByRole("link", { name: webhook.url }).click();
    await page.waitForURL(`**/developers/webhooks/${webhook.id}`);
    await page.getByRole("link", { name: "Delivered" }).click();
    await page.waitForURL("**status=delivered");
    await page.locator('[data-panel="deliveries"]').getByRole("link", { name: delivery.message }).click();
    const detail = page.locator('[data-panel="delivery"]');
    await detail.getByTitle("The message").waitFor();
    const before = receiver.messages.length;
    await detail.getByRole("button", { name: "Replay" }).click();
    await page.getByRole("dialog").getByText(webhook.url).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await detail.getByRole("button", { name: "Replay" }).click();
    await picture(page, "books-replay");
    expect(receiver.messages.length).toBe(before);
    await page.getByRole("button", { name: "Send again" }).click();
    await page.locator('[data-replay="sent"]').getByText(delivery.message).waitFor();
    await expect.poll(() => receiver?.messages.slice(before), { timeout: 60_000 }).toEqual([delivery.message]);
    await done();
  });

  test.for([
    ["invoice", ({ invoice }: BooksWorld) => `/invoices/${encodeURIComponent(invoice.id)}`],
    ["customer", ({ customer }: BooksWorld) => `/customers/${encodeURIComponent(customer)}`],
    ["past-due", () => "/invoices?status=past_due"],
    ["ledger", () => "/ledger"],
    ["ledger-day", () => "/ledger?at=2020-01-01"],
    ["ledger-refused", () => "/ledger?at=yesterday"],
    ["account", () => "/ledger/accounts/revenue%3AUSD"],
    ["webhooks", () => "/developers/webhooks"],
    ["webhook", ({ webhook, delivery }: BooksWorld) => `/developers/webhooks/${webhook.id}?show=${delivery.message}`],
  ] as const)("%s fits a phone and a desk, in the dark and the light", async ([name, pathOf], { skip }) => {
    if (!browser || !world) return skip("no browser");
    for (const view of [desktop, phone]) {
      const { page, done } = await open(pathOf(world), view);
      expect(await sidewaysScroll(page)).toBe(0);
      // Hiding the caret would write into markup that is not hydrated yet.
      await picture(page, `books-${name}-${view.width}`, { fullPage: true, caret: "initial" });
      await done();
    }
  });
});

/** The exact amounts that an element shows, in order. */
function valuesOf(element: Locator): Promise<(string | null)[]> {
  return element.locator("data[data-currency]").evaluateAll((all) => all.map((one) => one.getAttribute("value")));
}

function statesOf(rows: Locator): Promise<(string | null)[]> {
  return rows.locator("[data-status]").evaluateAll((all) => all.map((one) => one.getAttribute("data-status")));
}
