import "@fontsource-variable/inter/wght.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { currentTheme } from "@/lib/theme.ts";

export const metadata: Metadata = {
  title: { template: "%s · Farthing", default: "Farthing" },
  robots: { index: false },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

/** The document of every page. The theme is known on the server, so the first paint has the right colours. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const theme = await currentTheme();
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme}>
      <body>{children}</body>
    </html>
  );
}
