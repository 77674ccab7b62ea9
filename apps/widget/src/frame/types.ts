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

/** The matter is done: by its name it may be rated. */
export type Completion = {
  name: string;
  rating: { score: number; words: string | null; changeableUntil: string } | null;
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
  phone?: string;
  /** Why the server refused it: it is not sent again by itself. */
  refused?: "cannotSend" | "fileExpired";
};
