import { type ChannelInstance, type ChannelPorts, refuse, type StoredFile } from "@okno/kit";
import type { Visitor } from "./visitor.ts";

/** Shorter than the day after which the core removes files that no message names. */
const validHours = 20;

type Uploaded = StoredFile & { at: number };

const signed = (visitor: Visitor, content: string) => `file\n${visitor.id}\n${content}`;

/** A text that lets this visitor alone name the file in a message: nothing about the upload is stored besides its bytes. */
export function fileHandle(
  { channel, ports }: { channel: ChannelInstance; ports: ChannelPorts },
  visitor: Visitor,
  file: StoredFile,
): string {
  const uploaded: Uploaded = { ...file, at: ports.clock.now().getTime() };
  const content = Buffer.from(JSON.stringify(uploaded)).toString("base64url");
  return `${content}.${ports.sign(channel, signed(visitor, content))}`;
}

/** @throws invalid_request for a handle of another visitor or channel, or one that is too old. */
export function filesOf(
  { channel, ports }: { channel: ChannelInstance; ports: ChannelPorts },
  visitor: Visitor,
  handles: readonly string[],
): StoredFile[] {
  return handles.map((handle, i) => {
    const [content = "", signature = ""] = handle.split(".", 2);
    const fault = (message: string) =>
      refuse("invalid_request", {}, [{ pointer: `/attachments/${i}`, message }]);
    if (!ports.checkSignature(channel, signed(visitor, content), signature))
      throw fault("not a file this visitor has uploaded");
    const { sha256, name, at } = JSON.parse(Buffer.from(content, "base64url").toString()) as Uploaded;
    if (ports.clock.now().getTime() - at > validHours * 3_600_000)
      throw fault("uploaded too long ago: upload it again");
    return { sha256, name };
  });
}
