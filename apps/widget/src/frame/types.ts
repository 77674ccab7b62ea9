export type FileInfo = { id: string; name: string; type: string; sizeBytes: number; inline: boolean };

/** A message as the server tells it. */
export type ServerMessage = {
  id: string;
  externalId: string | null;
  direction: "in" | "out";
  author: string | null;
  body: string;
  status: string;
  attachments: FileInfo[];
  at: string;
};

/** An uploaded file, not yet part of a message. */
export type Upload = { handle: string; name: string; type: string; sizeBytes: number; inline: boolean };

/** A message of ours that the server has not acknowledged. */
export type Pending = {
  externalId: string;
  body: string;
  uploads: Upload[];
  at: string;
  name?: string;
  email?: string;
  /** Why the server refused it: it is not sent again by itself. */
  refused?: "cannotSend" | "fileExpired";
};
