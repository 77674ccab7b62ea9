import { defineRoute, type Route } from "@okno/contract";
import { z } from "zod";
import type { CompatVersion } from "./contract/compat/fields.ts";
import { compatV2Routes } from "./contract/compat/v2.ts";
import { compatV3Routes } from "./contract/compat/v3.ts";

export type { CompatVersion } from "./contract/compat/fields.ts";
export { type CompatV2Name, compatV2Routes } from "./contract/compat/v2.ts";
export { type CompatV3Name, compatV3Routes } from "./contract/compat/v3.ts";

function unknownMethod<P extends string>(version: CompatVersion, parts: readonly P[]): Route {
  return defineRoute({
    name: `compat.${version}.unknown${parts.length}`,
    method: "POST",
    path: `/compat/crystalpay/${version}/${parts.map((part) => `{${part}}`).join("/")}/`,
    eitherSlash: true,
    summary: "Any other method: answers in the interface's envelope that there is none",
    access: { by: "anyone" },
    rate: "merchant",
    params: z.object(Object.fromEntries(parts.map((part) => [part, z.string()]))),
    body: z.string(),
    keepsText: true,
    success: { status: 200, produces: "application/json" },
    errors: [],
  });
}

const versions = ["v2", "v3"] as const;

/** What is no method of the interface: the answer is its envelope, too. */
export const compatUnknownRoutes = {
  "v2 group": unknownMethod("v2", ["group"]),
  "v2 method": unknownMethod("v2", ["group", "method"]),
  "v2 part": unknownMethod("v2", ["group", "method", "part"]),
  "v3 group": unknownMethod("v3", ["group"]),
  "v3 method": unknownMethod("v3", ["group", "method"]),
  "v3 part": unknownMethod("v3", ["group", "method", "part"]),
} satisfies Record<`${(typeof versions)[number]} ${string}`, Route>;

/** Where an invoice's payer is sent. */
export const compatPayPage = defineRoute({
  name: "compat.pay",
  method: "GET",
  path: "/compat/crystalpay/pay/",
  eitherSlash: true,
  summary: "Where the payer of a sandbox invoice is sent: it is paid by itself",
  access: { by: "anyone" },
  rate: "public",
  query: z.object({ i: z.string().max(100).optional().catch(undefined) }),
  success: { status: 200, produces: "text/html" },
  errors: [],
});

/** The founding text's own interface: names, types, spellings and order as its clients know them. */
export const compatRoutes = {
  compatV2: compatV2Routes,
  compatV3: compatV3Routes,
  compatUnknown: compatUnknownRoutes,
  compatPages: { pay: compatPayPage },
} as const;
