import { type Attachment, toPublicId } from "@okno/contract";

export type AttachmentRow = { id: string; name: string; media_type: string; size_bytes: number };

/** Types a browser shows in place without running anything. SVG is not among them: it may carry script. */
const inlineTypes = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);

export function isInline(mediaType: string): boolean {
  return inlineTypes.has(mediaType);
}

export function presentAttachment(row: AttachmentRow): Attachment {
  const id = toPublicId("attachment", row.id);
  return {
    id,
    name: row.name,
    type: row.media_type,
    sizeBytes: row.size_bytes,
    inline: isInline(row.media_type),
    url: `/v1/attachments/${id}`,
  };
}
