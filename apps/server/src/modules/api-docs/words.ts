/** What the page itself says; the words of the API are English, as in the contract. */
const en = {
  title: "Okno API",
  guides: "Guides",
  lead: "Everything the window can do, by HTTP. The same document for machines:",
  skip: "Skip to the content",
  contents: "Resources",
  language: "Language",
  start: "How to begin",
  startAuth:
    "Create a key in the settings and send it with every call. Keys are shown once; each has scopes, a role and may be limited to projects.",
  startErrors:
    "An error is problem+json with a stable code. Every invalid field is named at once, by its pointer.",
  startRepeat:
    "A POST with an Idempotency-Key may be repeated safely: the first answer is stored and given again.",
  startLists: "Lists answer data and nextCursor. Send the cursor back to go on; null means the end.",
  access: "Access",
  anyone: "open to anyone",
  session: "a signed-in member",
  key: "a key or a signed-in member",
  scope: "scope",
  role: "role at least",
  parameters: "Parameters",
  body: "Body",
  answer: "Answer",
  errors: "Errors",
  example: "Example",
  copy: "Copy",
  copied: "Copied",
  required: "required",
  personal: "personal data",
  retry: "may be repeated",
  code: "Code",
  status: "Status",
  meaning: "Meaning",
  allErrors: "All error codes",
  items: "each",
  default: "by default",
  noContent: "No content",
  path: "in the path",
  query: "in the query",
  header: "header",
  or: "or",
};
export type Words = typeof en;

const ru: Words = {
  title: "API Окна",
  guides: "Руководства",
  lead: "Всё, что умеет окно, — по HTTP. Тот же документ для программ:",
  skip: "Перейти к содержанию",
  contents: "Ресурсы",
  language: "Язык",
  start: "С чего начать",
  startAuth:
    "Создайте ключ в настройках и передавайте его с каждым вызовом. Ключ показывается один раз; у него есть права, роль и, если нужно, список проектов.",
  startErrors:
    "Ошибка — это problem+json с постоянным кодом. Все неверные поля названы сразу, каждое со своим указателем.",
  startRepeat:
    "POST с заголовком Idempotency-Key можно безопасно повторить: первый ответ сохранён и будет выдан снова.",
  startLists: "Списки отвечают полями data и nextCursor. Чтобы читать дальше, верните курсор; null — конец.",
  access: "Доступ",
  anyone: "открыт всем",
  session: "вошедший сотрудник",
  key: "ключ или вошедший сотрудник",
  scope: "право",
  role: "роль не ниже",
  parameters: "Параметры",
  body: "Тело",
  answer: "Ответ",
  errors: "Ошибки",
  example: "Пример",
  copy: "Копировать",
  copied: "Скопировано",
  required: "обязательно",
  personal: "личные данные",
  retry: "можно повторить",
  code: "Код",
  status: "Статус",
  meaning: "Значение",
  allErrors: "Все коды ошибок",
  items: "каждый",
  default: "по умолчанию",
  noContent: "Без содержимого",
  path: "в пути",
  query: "в запросе",
  header: "заголовок",
  or: "или",
};

export const languages = ["ru", "en"] as const;
export type Language = (typeof languages)[number];
export const words: Record<Language, Words> = { ru, en };

/** The language asked for by `?lang=`, else the first of ours in Accept-Language, else English. */
export function languageOf(asked: unknown, accepted: string | undefined): Language {
  const named = languages.find((language) => language === asked);
  if (named) return named;
  const ranges = (accepted ?? "").split(",").map((range, index) => {
    const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
    const q = Number(/q=([\d.]+)/u.exec(parameters.join(";"))?.[1] ?? 1);
    return { language: languages.find((each) => tag === each || tag.startsWith(`${each}-`)), q, index };
  });
  const best = ranges
    .filter(({ language, q }) => language && q > 0)
    .sort((a, b) => b.q - a.q || a.index - b.index)[0];
  return best?.language ?? "en";
}
