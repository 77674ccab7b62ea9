import type { SearchHit } from "@okno/contract";

/** A piece of found text; what was looked for stands out. The server says where, since it knows the forms of a word. */
export function Snippet({ parts }: { parts: SearchHit["snippet"] }) {
  return (
    <bdi dir="auto">
      {parts.map((part, index) =>
        part.hit ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one snippet never change places
          <mark key={index} className="rounded-[2px] bg-soon-soft text-text-1">
            {part.text}
          </mark>
        ) : (
          part.text
        ),
      )}
    </bdi>
  );
}
