import { cookies } from "next/headers";
import { themeCookie } from "./names.ts";

/** The themes; `system` follows the reader's machine. */
export type Theme = "system" | "light" | "dark";

/** The theme that the reader chose, or the system's. */
export async function currentTheme(): Promise<Theme> {
  return themeNamed((await cookies()).get(themeCookie)?.value);
}

/** Reads a theme's name; anything else is the system's. */
export function themeNamed(text: unknown): Theme {
  return text === "light" || text === "dark" ? text : "system";
}
