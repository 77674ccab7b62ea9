const qwerty = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const russian = "йцукенгшщзхъфывапролджэячсмитьбюё";
const swaps = new Map([...qwerty].flatMap((key, index) => [[key, russian[index] ?? key] as const]));
const swapsBack = new Map([...swaps].map(([latin, cyrillic]) => [cyrillic, latin] as const));

/** What would have been typed on the other layout: `yfcnhjqrb` is `настройки`. */
export function otherLayout(text: string): string {
  const lower = text.toLowerCase();
  const table = /[а-яё]/u.test(lower) ? swapsBack : swaps;
  return [...lower].map((letter) => table.get(letter) ?? letter).join("");
}
