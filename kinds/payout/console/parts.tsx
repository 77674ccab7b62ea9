import type { KindParts } from "@okno/kit";
import { lazy, Suspense } from "react";
import { Decision } from "./decision/decision.tsx";

/** The cabinet is another piece: who decides in the inbox has no use for it. */
const Cabinet = lazy(async () => ({ default: (await import("./cabinet/section.tsx")).Section }));

function Section() {
  return (
    <Suspense>
      <Cabinet />
    </Suspense>
  );
}

export const parts: KindParts = { Decision, Section };
