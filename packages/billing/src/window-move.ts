import type { TimeRange } from "@farthing/metering";
import type { ChargeWindow } from "./charge-window.ts";
import { within, without } from "./stretches.ts";

/**
 * How the time in which a subscription charges has changed since the last seal, as far as that has sealed it: by facts about
 * subscriptions that came later and begin in the past.
 */
export interface WindowMove {
  /** As it charges now, or did, where it holds nothing any more. */
  readonly window: ChargeWindow;
  readonly gained: readonly TimeRange[];
  readonly lost: readonly TimeRange[];
}

/** The windows whose sealed time has changed, those that are gone among them. Units: `cut` in milliseconds. */
export function windowMoves(
  before: readonly ChargeWindow[],
  now: readonly ChargeWindow[],
  cut: number,
): readonly WindowMove[] {
  const sealed = { from: Number.NEGATIVE_INFINITY, to: cut };
  const keys = new Set([...now, ...before].map(({ key }) => key));
  return [...keys].flatMap((key) => {
    const [is, was] = [now, before].map((windows) => windows.find((window) => window.key === key));
    const window = is ?? was;
    if (window === undefined) return [];
    const [held, hadHeld] = [is, was].map((one) => (one === undefined ? [] : within([one], sealed)));
    const [gained, lost] = [without(held ?? [], hadHeld ?? []), without(hadHeld ?? [], held ?? [])];
    return gained.length + lost.length === 0 ? [] : [{ window, gained, lost }];
  });
}

const nothing: Pick<WindowMove, "gained" | "lost"> = { gained: [], lost: [] };

/** How a window has changed in sealed time. */
export function moveOf(
  moves: readonly WindowMove[],
  window: ChargeWindow | undefined,
): Pick<WindowMove, "gained" | "lost"> {
  return moves.find((move) => move.window.key === window?.key) ?? nothing;
}

/** The first instant at which a window has changed; infinite where it has not. Units: milliseconds. */
export function movedFrom(moves: readonly WindowMove[], window: ChargeWindow): number {
  const { gained, lost } = moveOf(moves, window);
  return Math.min(Number.POSITIVE_INFINITY, ...[...gained, ...lost].map(({ from }) => from));
}
