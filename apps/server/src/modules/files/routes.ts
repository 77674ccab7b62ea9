import type { Readable } from "node:stream";
import { fromPublicId, routes } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Binding, bindTable, own, raw } from "../../platform/http/binding.ts";
import { ticketScope } from "../tickets/index.ts";
import { addUpload, type FileDeps, findAttachment } from "./files.ts";
import { isInline, presentAttachment } from "./present.ts";

/** Headers under which a stranger's bytes may be handed to a browser: never run, never guessed, shown only where harmless. */
export function deliveryHeaders(file: {
  name: string;
  media_type: string;
  size_bytes: number;
}): Record<string, string> {
  const disposition = isInline(file.media_type) ? "inline" : "attachment";
  return {
    "content-type": isInline(file.media_type) ? file.media_type : "application/octet-stream",
    "content-length": String(file.size_bytes),
    "content-disposition": `${disposition}; filename="file"; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/gu, (c) => `%${c.charCodeAt(0).toString(16)}`)}`,
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, max-age=86400, immutable",
  };
}

export function attachmentBindings(deps: FileDeps): Binding[] {
  return bindTable(routes.attachments, {
    upload: own(async ({ principal, http }) => {
      const part = await http.req.file();
      if (!part) throw refuse("invalid_request", {}, [{ pointer: "/file", message: "no file was sent" }]);
      return presentAttachment(
        await addUpload(deps, principal.workspaceId, principal.id, {
          name: part.filename,
          stream: part.file,
        }),
      );
    }),
    get: raw(async ({ principal, params, http }) => {
      const db = deps.db.in(principal.workspaceId);
      const reader = {
        workspaceId: principal.workspaceId,
        id: principal.id,
        projectIds: ticketScope(principal).projectIds,
      };
      const file = await findAttachment(db, reader, fromPublicId("attachment", params.id) ?? "");
      if (!file) throw refuse("not_found");
      await http.reply
        .headers(deliveryHeaders(file))
        .send(deps.storage.open(principal.workspaceId, file.sha256) as Readable);
    }),
  });
}
