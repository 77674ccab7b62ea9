import { refuse } from "@okno/kit";
import type { FastifyInstance } from "fastify";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route is the target of a page's form. No other route reads this encoding: any site could send it. */
    takesForms?: boolean;
  }
}

/** Reads `application/x-www-form-urlencoded` where a route declares it. */
export function registerFormBody(app: FastifyInstance): void {
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    async (req: { routeOptions: { config: { takesForms?: boolean } } }, text: string | Buffer) => {
      if (!req.routeOptions.config.takesForms) throw refuse("unsupported_media_type");
      return Object.fromEntries(new URLSearchParams(String(text)));
    },
  );
}
