import { FarthingClient, type UsageEvent } from "@farthing/sdk";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "./chromium.ts";
import { runningCloud } from "./running-cloud.ts";
import { accessibilityFaults, picture, settled, sidewaysScroll, type View, watchedPage } from "./watched-page.ts";

const cloud = runningCloud();
if (!cloud)
  console.warn("SKIPPED: the events' browser test needs a running local cloud, named by FARTHING_LOCAL_JSON.");

const desktop: View = { scheme: "light", width: 1280, height: 900 };

describe.skipIf(!cloud)("events in the console", { timeout: 240_000 }, () => {
  const {
    console: origin,
    api: url,
    keys,
  } = cloud ?? { console: "", api: "", keys: { admin: "", read: "", ingest: "" } };
  const customer = `browser-${process.pid}`;
  let browser: Browser | undefined;
  let type = "";

  beforeAll(async () => {
    const meters = await new FarthingClient({ key: keys.read, url }).meters.list();
    type = meters.items[0]?.eventType ?? "";
    const launched = await launchChromium();
    if ("reason" in launched) console.warn(`SKIPPED: ${launched.reason}`);
    else browser = launched;
  }, 120_000);

  afterAll(() => browser?.close());

  const send = (...events: UsageEvent[]) => new FarthingClient({ key: keys.ingest, url }).events.send(events);
  const event = (id: string, more: Partial<UsageEvent> = {}): UsageEvent => ({
    id,
    type,
    customer,
    data: { bytes: 5 },
    ...more,
  });

  test("an event shows once it is sent, a copy as a duplicate, and Pause holds the list", async ({ skip }) => {
    if (!browser) return skip("no browser");
    const { page, complaints } = await watchedPage(browser, desktop);
    await page.goto(`${origin}/events?live=1&customer=${customer}`);
    await settled(page);
    const rows = page.locator('[data-panel="live"] tbody tr');
    await page.getByText("Waiting for events…").waitFor();
    await send(event("seen", { data: { bytes: 5 } }));
    await rows.getByText("seen").waitFor();
    await send(event("seen", { data: { bytes: 5 } }));
    await send(event("unknown", { type: "nobody-meters-this" }));
    await page.locator('[data-panel="live"] [data-status="duplicate"]').waitFor();
    await page.locator('[data-panel="live"] [data-status="unmetered"]').waitFor();
    await picture(page, "events-live");

    await page.getByRole("button", { name: "Pause" }).click();
    const before = await rows.count();
    await send(event("held"));
    await page.locator('[data-waiting="1"]').waitFor();
    expect(await rows.count()).toBe(before);
    await page.getByRole("button", { name: "Go on" }).click();
    await rows.getByText("held").waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a stored event tells why, and leads to what it is a copy of", async ({ skip }) => {
    if (!browser) return skip("no browser");
    await send(event("stored", { time: new Date(Date.now() - 60_000).toISOString() }));
    await send(event("stored", { time: new Date(Date.now() - 60_000).toISOString(), data: { other: true } }));
    const refused = await send(event("old", { time: "2001-01-01T00:00:00Z" }), event("fine"));
    expect(refused.rejectedCount).toBe(1);
    const { page, complaints } = await watchedPage(browser, desktop);
    await page.goto(`${origin}/events?customer=${customer}&id=stored`);
    await settled(page);
    await page
      .locator("tr", { has: page.locator('[data-status="conflict"]') })
      .getByRole("link")
      .first()
      .click();
    const detail = page.locator('[data-panel="event"]');
    await detail.getByText("differs_at_roll").waitFor();
    expect(await detail.getByTitle("The event").textContent()).toContain('"other": true');
    await picture(page, "events-stored");
    expect(await accessibilityFaults(page)).toEqual([]);
    await detail.getByRole("link", { name: /the event of/ }).click();
    await page
      .locator('[data-panel="event"]')
      .getByText(/awaits_settlement|unrated/)
      .waitFor();

    await page.goto(`${origin}/events?customer=${customer}`);
    await page.getByLabel("Verdict").selectOption("rejected");
    await page.waitForURL("**verdict=rejected**");
    await page.locator('[data-status="rejected"]').first().waitFor();
    await page.getByRole("link", { name: "old" }).click();
    await page.locator('[data-panel="event"]').getByText("time_too_old").waitFor();
    await page.reload();
    await page.locator('[data-panel="event"]').getByText("time_too_old").waitFor();

    await page.goto(`${origin}/events?customer=nobody-at-all`);
    await page.locator('[data-state="no-results"]').getByText("customer nobody-at-all").waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("the reconciliation leads from each number to as many events", async ({ skip }) => {
    if (!browser) return skip("no browser");
    await send(event("counted once"));
    const { page, complaints } = await watchedPage(browser, desktop);
    await page.goto(`${origin}/reconcile`);
    await page.locator('[data-panel="by-meter"]').waitFor();
    await settled(page);
    expect(await page.locator('[data-panel="verdict"]').getAttribute("data-gap")).toBe("0");
    await picture(page, "reconcile", { fullPage: true });
    expect(await accessibilityFaults(page)).toEqual([]);
    const row = page.locator('[data-panel="by-customer"] tbody tr', { hasText: customer });
    const link = row.getByRole("link").first();
    const count = await link.locator("data").getAttribute("value");
    await link.click();
    await page.waitForURL(`**customer=${customer}**`);
    await page.locator('[data-panel="events"] [data-count]').waitFor();
    expect(await page.locator('[data-panel="events"] [data-count]').getAttribute("data-count")).toBe(count);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.for(["/events", "/events?live=1", "/reconcile"])("%s fits a phone, in the dark too", async (path, { skip }) => {
    if (!browser) return skip("no browser");
    const { page, complaints } = await watchedPage(browser, { scheme: "dark", width: 360, height: 740 });
    await page.goto(`${origin}${path}`);
    await settled(page);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await picture(page, `phone${path.replaceAll(/\W/g, "-")}`, { fullPage: true });
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
