import { useParams } from "@tanstack/react-router";
import { Suspense } from "react";
import { allKinds, useKindWords } from "../shared/kinds/kinds.ts";
import { usePageTitle } from "../shared/layout/page-title.ts";
import { hasRole, useMe } from "../shared/session/session.ts";
import { MissingScreen, WaitScreen } from "./screens.tsx";

/** A section that a kind brings, for those who have use for it. To everybody else there is no such page. */
export function KindSection() {
  const { section } = useParams({ strict: false });
  const me = useMe();
  const words = useKindWords();
  const kind = allKinds().find((each) => each.section?.path === section);
  usePageTitle(kind?.section ? (words(kind.id, kind.section.word) ?? "") : "");
  if (!kind?.section || !hasRole(me, kind.section.role)) return <MissingScreen />;
  const { Section } = kind;
  return (
    <Suspense fallback={<WaitScreen />}>
      <Section />
    </Suspense>
  );
}
