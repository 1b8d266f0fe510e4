import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mayReceive } from "./public-address.ts";
import { parseWebhookUrl } from "./webhook-url.ts";

const outside = { loopback: false };
const local = { loopback: true };

describe("mayReceive", () => {
  test.for([
    { address: "93.184.215.14", may: true, why: "public" },
    { address: "9.255.255.255", may: true, why: "below 10.0.0.0/8" },
    { address: "10.0.0.0", may: false, why: "private" },
    { address: "10.255.255.255", may: false, why: "private" },
    { address: "11.0.0.0", may: true, why: "above 10.0.0.0/8" },
    { address: "100.63.255.255", may: true, why: "below the shared space" },
    { address: "100.64.0.1", may: false, why: "shared by carriers (CGNAT)" },
    { address: "100.127.255.255", may: false, why: "shared by carriers (CGNAT)" },
    { address: "127.0.0.1", may: false, why: "loopback" },
    { address: "127.255.255.254", may: false, why: "loopback" },
    { address: "169.254.169.254", may: false, why: "link-local: metadata of clouds" },
    { address: "172.15.255.255", may: true, why: "below 172.16.0.0/12" },
    { address: "172.16.0.1", may: false, why: "private" },
    { address: "172.31.255.255", may: false, why: "private" },
    { address: "192.0.0.1", may: false, why: "reserved" },
    { address: "192.0.2.1", may: false, why: "for documentation" },
    { address: "192.168.1.1", may: false, why: "private" },
    { address: "198.18.0.1", may: false, why: "for benchmarks" },
    { address: "224.0.0.1", may: false, why: "multicast" },
    { address: "255.255.255.255", may: false, why: "broadcast" },
    { address: "0.0.0.0", may: false, why: "unspecified" },
    { address: "2606:4700:4700::1111", may: true, why: "public" },
    { address: "::1", may: false, why: "loopback" },
    { address: "::", may: false, why: "unspecified" },
    { address: "::7f00:1", may: false, why: "once stood for 127.0.0.1" },
    { address: "::ffff:10.0.0.1", may: false, why: "stands for a private address" },
    { address: "::ffff:93.184.215.14", may: false, why: "stands for an IPv4 address, whichever" },
    { address: "64:ff9b::a00:1", may: false, why: "NAT64 of 10.0.0.1" },
    { address: "64:ff9b:1::a00:1", may: false, why: "NAT64 within a network" },
    { address: "2002:a00:1::", may: false, why: "6to4 of 10.0.0.1" },
    { address: "2001:0:a00:1::", may: false, why: "Teredo" },
    { address: "fe80::1", may: false, why: "link-local" },
    { address: "fec0::1", may: false, why: "site-local" },
    { address: "fd00:ec2::254", may: false, why: "unique local: metadata of clouds" },
    { address: "ff02::1", may: false, why: "multicast" },
    { address: "4000::1", may: false, why: "nothing that is given out" },
    { address: "2606:4700::1%eth0", may: false, why: "it has a zone" },
    { address: "example.com", may: false, why: "no address" },
    { address: "", may: false, why: "nothing" },
  ])("$address: $may, $why", ({ address, may }) => {
    expect(mayReceive(address, outside)).toBe(may);
  });

  test("on one's own machine loopback alone is let through beside", () => {
    expect(["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254"].map((one) => mayReceive(one, local))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test("lets no IPv6 address through that holds an IPv4 one in its last bits and a known prefix", () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.constantFrom("::ffff:", "64:ff9b::", "::"), octet, octet, octet, octet, (prefix, ...octets) => {
        expect(mayReceive(`${prefix}${octets.join(".")}`, outside)).toBe(false);
      }),
    );
  });
});

describe("parseWebhookUrl", () => {
  test.for([
    "https://hooks.example.com/farthing?x=1",
    "https://hooks.example.com:8443/",
    "https://hooks.example.com:1024/",
    "https://hooks.example.com:65535/",
    "https://93.184.215.14/",
    "https://[2606:4700:4700::1111]/",
    "https://bücher.example/",
  ])("takes %s", (url) => {
    expect(parseWebhookUrl(url, outside).ok).toBe(true);
  });

  test.for([
    { url: "", why: "nothing" },
    { url: "hooks.example.com", why: "no scheme" },
    { url: "http://hooks.example.com/", why: "not https" },
    { url: "ftp://hooks.example.com/", why: "not https" },
    { url: "file:///etc/passwd", why: "a file" },
    { url: "https://user@hooks.example.com/", why: "a name" },
    { url: "https://user:pass@hooks.example.com/", why: "a password" },
    { url: "https://:pass@hooks.example.com/", why: "a password alone" },
    { url: "https://hooks.example.com/#part", why: "a fragment" },
    { url: "https://hooks.example.com:22/", why: "a port of something else" },
    { url: "https://hooks.example.com:1023/", why: "the last port of those" },
    { url: "https://hooks.example.com:0/", why: "no port" },
    { url: "https://hooks.example.com./", why: "a dot at the end" },
    { url: "https://localhost/", why: "this machine" },
    { url: "https://intranet/", why: "a name of one's own network" },
    { url: "https://127.0.0.1/", why: "loopback" },
    { url: "https://2130706433/", why: "loopback as one number" },
    { url: "https://0x7f.1/", why: "loopback in hexadecimal" },
    { url: "https://0177.0.0.1/", why: "loopback in octal" },
    { url: "https://169.254.169.254/latest/meta-data", why: "link-local" },
    { url: "https://[::1]/", why: "loopback" },
    { url: "https://[::ffff:169.254.169.254]/", why: "link-local, mapped" },
    { url: "https://[64:ff9b::a9fe:a9fe]/", why: "link-local, through NAT64" },
    { url: `https://hooks.example.com/${"x".repeat(2023)}`, why: "2,049 characters" },
  ])("refuses $url: $why", ({ url }) => {
    expect(parseWebhookUrl(url, outside)).toMatchObject({ ok: false, error: { code: "invalid_webhook_url" } });
  });

  test("takes 2,048 characters", () => {
    expect(parseWebhookUrl(`https://hooks.example.com/${"x".repeat(2022)}`, outside).ok).toBe(true);
  });

  test("on one's own machine takes http to itself, and to nothing else", () => {
    const urls = ["http://localhost:3000/", "http://127.0.0.1:3000/", "http://[::1]:3000/", "https://localhost:3000/"];
    expect(urls.map((url) => parseWebhookUrl(url, local).ok)).toEqual([true, true, true, true]);
    expect(parseWebhookUrl("http://hooks.example.com/", local).ok).toBe(false);
    expect(parseWebhookUrl("http://10.0.0.1:3000/", local).ok).toBe(false);
  });

  test("never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.string({ unit: "binary" })), (text) => {
        expect(parseWebhookUrl(text, outside)).toHaveProperty("ok");
      }),
    );
  });
});
