import { LogOut, Monitor, Moon, Sun } from "lucide-react";
import { chooseTheme, signOut } from "@/app/actions.ts";
import { currentSession } from "@/lib/session.ts";
import { currentTheme } from "@/lib/theme.ts";

const themes = [
  { theme: "system", name: "Theme of the system", icon: Monitor },
  { theme: "light", name: "Light theme", icon: Sun },
  { theme: "dark", name: "Dark theme", icon: Moon },
] as const;

/** The theme switch and, for who signed in with a key, the way out. Plain forms: they work before any script does. */
export async function SessionControls() {
  const [chosen, session] = await Promise.all([currentTheme(), currentSession()]);
  return (
    <div className="mt-auto flex items-center justify-between gap-2 px-1 pt-6">
      <form action={chooseTheme} className="segments">
        {themes.map(({ theme, name, icon: Icon }) => (
          <button
            key={theme}
            name="theme"
            value={theme}
            type="submit"
            className="segment px-2"
            aria-label={name}
            title={name}
            aria-pressed={theme === chosen}
          >
            <Icon className="size-3.5" aria-hidden />
          </button>
        ))}
      </form>
      {session?.from === "cookie" ? (
        <form action={signOut}>
          <button type="submit" className="segment" aria-label="Sign out" title="Sign out">
            <LogOut className="size-4" aria-hidden />
          </button>
        </form>
      ) : null}
    </div>
  );
}
