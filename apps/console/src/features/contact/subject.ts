const longestSubject = 80;

/** The first words stand for a subject. Cut between code points. */
export function subjectOf(words: string): string {
  const line = words.replace(/\s+/gu, " ").trim();
  const points = [...line];
  return points.length <= longestSubject ? line : `${points.slice(0, longestSubject - 1).join("")}…`;
}
