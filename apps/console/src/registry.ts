import { payoutConsole } from "@okno/kind-payout/console";
import type { KindConsole } from "@okno/kit";

/** The console halves of this installation's kinds. A kind without one is drawn as a plain ticket. */
export const kindConsoles: readonly KindConsole[] = [payoutConsole];
