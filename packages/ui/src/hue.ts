/** One of the eight hues of the palette. */
export type Hue = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** The same text always gets the same hue (FNV-1a over code units). */
export function hueOf(text: string): Hue {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (((hash >>> 0) % 8) + 1) as Hue;
}
