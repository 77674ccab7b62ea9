import { type ErrorCode, errorCodes, type Route } from "@okno/contract";
import { codesOf } from "./codes.ts";

function raisedBy(code: ErrorCode, routes: readonly Route[]): string {
  const names = routes.filter((route) => codesOf(route).includes(code)).map((route) => `\`${route.name}\``);
  if (names.length === routes.length) return "every route";
  if (names.length > 12) return `${names.length} routes`;
  return names.length === 0 ? "the server itself" : names.join(", ");
}

/** The table of error codes as a Markdown document. */
export function errorTable(routes: readonly Route[]): string {
  const rows = (Object.keys(errorCodes) as ErrorCode[]).map((code) => {
    const { status, title, retryable } = errorCodes[code];
    return `| \`${code}\` | ${status} | ${title} | ${retryable ? "yes" : "no"} | ${raisedBy(code, routes)} |`;
  });
  return `# Error codes

Made by \`npm run gen\` from the contract; do not edit.

Every refused call answers \`application/problem+json\` (RFC 9457) with \`type\`, \`title\`, \`status\`, a stable \`code\`, \`requestId\` and \`retryable\`;
\`errors\` names every invalid field by its JSON pointer, \`details\` holds what the code is about. Retry only what is retryable, with the
same \`Idempotency-Key\`, after the seconds of \`Retry-After\` where it is sent.

| code | status | meaning | retry | answered by |
|---|---|---|---|---|
${rows.join("\n")}
`;
}
