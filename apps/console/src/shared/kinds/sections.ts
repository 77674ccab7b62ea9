import { hasRole, useMe } from "../session/session.ts";
import { allKinds, type TakenKind, useKindWords } from "./kinds.ts";

export type KindSectionLink = {
  id: string;
  path: string;
  title: string;
  keys: string | undefined;
  keywords: string | undefined;
  Icon: TakenKind["icon"];
};

/** The sections of kinds that this person has use for. */
export function useKindSections(): KindSectionLink[] {
  const me = useMe();
  const words = useKindWords();
  return allKinds().flatMap(({ id, section, icon }) =>
    section && hasRole(me, section.role)
      ? [
          {
            id,
            path: section.path,
            title: words(id, section.word) ?? id,
            keys: section.keys,
            keywords: section.keywords,
            Icon: icon,
          },
        ]
      : [],
  );
}
