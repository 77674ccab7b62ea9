import {
  type ChannelInstance,
  type ChannelPorts,
  fileHandle,
  filesByHandle,
  Refusal,
  type StoredFile,
  type UploadedFile,
} from "@okno/kit";
import { type Checked, check, type Faults, readTyped, type Typed } from "./fields.ts";
import type { FormState, Kept } from "./form-page.ts";
import { newOnce, type Once, readOnce } from "./once.ts";
import type { TextKey } from "./texts.ts";

/** Nobody reads a form and fills it in within this time; programs do. */
const minimalMs = 2_000;

type Where = { channel: ChannelInstance; ports: ChannelPorts };

export type Submission =
  | { ok: true; once: Once; checked: Checked; topic: string; files: StoredFile[] }
  | { ok: false; state: FormState };

type Taken = { file: StoredFile | undefined; fault: TextKey | undefined };

const faultOfFile: Record<string, TextKey> = {
  payload_too_large: "fileTooLarge",
  file_type_refused: "fileRefused",
};

/** The file just chosen, or the one kept from an earlier attempt. A refused file is a fault of its field, not of the page. */
async function takeFile(
  where: Where,
  owner: string,
  { fields, file }: { fields: Record<string, string>; file: UploadedFile | undefined },
): Promise<Taken> {
  const { channel, ports } = where;
  try {
    if (file)
      return { file: (await ports.storeFile(channel, { ...file, uploader: owner })).file, fault: undefined };
    if (!fields.kept || fields.drop) return { file: undefined, fault: undefined };
    return { file: filesByHandle({ ...where, owner }, [fields.kept])[0], fault: undefined };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { file: undefined, fault: faultOfFile[error.code] ?? "fileExpired" };
  }
}

/** A robot's marks. A person who shows them by chance is asked to press once more, and loses nothing. */
const looksMade = (fields: Record<string, string>, once: Once, now: Date) =>
  Boolean(fields.website) || now.getTime() - once.issuedAt < minimalMs;

/** Reads a sent form: either everything is right, or there is a page to show with everything typed kept. */
export async function readSubmission(
  where: Where,
  sent: { fields: Record<string, string>; file: UploadedFile | undefined },
  { locale, allowed }: { locale: "ru" | "en"; allowed: boolean },
): Promise<Submission> {
  const { fields } = sent;
  const typed: Typed = readTyped(fields);
  const known = readOnce(where, fields.once ?? "");
  const once = known ?? newOnce(where);
  const { file, fault } = await takeFile(where, once.random, sent);
  const checked = check(typed, { locale, hasFile: file !== undefined });
  const faults: Faults = { ...checked.faults, ...(fault && { file: fault }) };
  const robot = !known || looksMade(fields, once, where.ports.clock.now());
  const notice: TextKey | undefined = robot ? "onceMore" : allowed ? undefined : "tooMany";
  if (!notice && Object.keys(faults).length === 0)
    return { ok: true, once, checked, topic: typed.topic, files: file ? [file] : [] };
  const kept: Kept | undefined = file && {
    handle: fileHandle({ ...where, owner: once.random }, file),
    name: file.name,
  };
  const status = notice === "tooMany" ? 429 : 422;
  return { ok: false, state: { once: once.token, typed, faults, kept, notice, status } };
}

/** A form nobody has typed in. */
export function emptyState(where: Where): FormState {
  const typed = { name: "", contact: "", topic: "", message: "" };
  return { once: newOnce(where).token, typed, faults: {}, kept: undefined, notice: undefined, status: 200 };
}
