// What the API says of itself: the OpenAPI document and the page people read, both derived from the route tables. No route is
// described by hand.

export { codesOf } from "./codes.ts";
export { errorTable } from "./error-table.ts";
export { buildOpenApi, type OpenApi } from "./openapi.ts";
export { docsHeaders, originOf, registerApiDocs } from "./routes.ts";
export { type Language, languageOf, languages } from "./words.ts";
