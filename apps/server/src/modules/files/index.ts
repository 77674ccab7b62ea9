// Files: stored by content hash behind the storage port, sniffed, limited, and delivered so that no browser runs them.
export {
  type FileDeps,
  type FoundAttachment,
  maxFileBytes,
  removeUnusedFiles,
  safeFileName,
  storeFile,
} from "./files.ts";
export { type AttachmentRow, isInline, presentAttachment } from "./present.ts";
export { attachmentBindings, deliveryHeaders } from "./routes.ts";
export { createDirectoryStorage, type Storage } from "./storage.ts";
