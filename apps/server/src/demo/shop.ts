import type { FastifyInstance } from "fastify";
import { shopPage } from "../../../../db/demo/shop-page.ts";
import type { Core } from "../app.ts";
import { listWorkspaces } from "../modules/workspaces/index.ts";

// The shop's own styles stand in the page; the chat's loader styles its button through the CSSOM.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; frame-src 'self'; connect-src 'self'; base-uri 'none'";

/** `GET /demo/shop`: a customer's page in the demo workspace, with the chat and the form on it. No such page anywhere else. */
export function serveDemoShop(app: FastifyInstance, { db, catalogs }: Core): void {
  app.get("/demo/shop", async (req, reply) => {
    const workspace = (await listWorkspaces(db.system)).find((each) => each.demo);
    const catalog = workspace && (await catalogs.of(workspace.id));
    const { lang } = req.query as { lang?: string };
    const locale = lang === "en" ? "en" : "ru";
    const project = catalog && [...catalog.projects.values()].find((each) => each.locale === locale);
    const keyOf = (type: string) =>
      project &&
      [...(catalog?.channels.values() ?? [])].find(
        (each) => each.project_id === project.id && each.type === type,
      )?.public_key;
    const chatKey = keyOf("webchat");
    const formKey = keyOf("form");
    if (!chatKey || !formKey) return reply.callNotFound();
    return reply
      .headers({ "content-security-policy": policy, "cache-control": "no-store" })
      .type("text/html; charset=utf-8")
      .send(shopPage({ chatKey, formUrl: `/form/${formKey}`, locale }));
  });
}
