import type { ChannelInstance, ChannelPorts } from "./channel.ts";
import type { StoredFile } from "./message.ts";
import { refuse } from "./refuse.ts";

/** Shorter than the day after which the core removes files that no message names. */
const validHours = 20;

type Uploaded = StoredFile & { at: number };
type Holder = { channel: ChannelInstance; ports: ChannelPorts; owner: string };

const signed = (owner: string, content: string) => `file\n${owner}\n${content}`;

/** A text that lets its owner alone (a visitor, a form) name a stored file in a message; nothing is kept besides the bytes. */
export function fileHandle({ channel, ports, owner }: Holder, file: StoredFile): string {
  const uploaded: Uploaded = { ...file, at: ports.clock.now().getTime() };
  const content = Buffer.from(JSON.stringify(uploaded)).toString("base64url");
  return `${content}.${ports.sign(channel, signed(owner, content))}`;
}

/** @throws invalid_request at `/attachments/N` for a handle of another owner or channel, or one that is too old. */
export function filesByHandle({ channel, ports, owner }: Holder, handles: readonly string[]): StoredFile[] {
  return handles.map((handle, i) => {
    const [content = "", signature = ""] = handle.split(".", 2);
    const fault = (message: string) =>
      refuse("invalid_request", {}, [{ pointer: `/attachments/${i}`, message }]);
    if (!ports.checkSignature(channel, signed(owner, content), signature))
      throw fault("not a file this visitor has uploaded");
    const { sha256, name, at } = JSON.parse(Buffer.from(content, "base64url").toString()) as Uploaded;
    if (ports.clock.now().getTime() - at > validHours * 3_600_000)
      throw fault("uploaded too long ago: upload it again");
    return { sha256, name };
  });
}
