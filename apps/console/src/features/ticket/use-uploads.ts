import { type Attachment, maxAttachmentsPerMessage, type Problem } from "@okno/contract";
import { OknoError } from "@okno/sdk";
import { toast } from "@okno/ui";
import { useRef, useState } from "react";
import { errorMessage } from "../../shared/api/error-message.ts";
import { tr } from "./messages.ts";

export type Upload = { key: string; file: File; progress: number; error?: string };

/** Uploads one file. By XMLHttpRequest, because fetch cannot tell how far a body has gone. */
function upload(file: File, onProgress: (progress: number) => void, register: (req: XMLHttpRequest) => void) {
  return new Promise<Attachment>((resolve, reject) => {
    const req = new XMLHttpRequest();
    register(req);
    req.open("POST", "/v1/attachments");
    req.setRequestHeader("accept", "application/json");
    req.responseType = "json";
    req.upload.addEventListener("progress", ({ loaded, total }) =>
      onProgress(total > 0 ? loaded / total : 0),
    );
    req.addEventListener("error", () => reject(new TypeError("The server could not be reached")));
    req.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    req.addEventListener("load", () => {
      if (req.status === 201) return resolve(req.response as Attachment);
      const isProblem = req.getResponseHeader("content-type")?.startsWith("application/problem+json");
      reject(new OknoError(req.status, isProblem ? (req.response as Problem) : undefined));
    });
    const form = new FormData();
    form.append("file", file, file.name);
    req.send(form);
  });
}

/** Files on their way up. A finished one is handed to `onDone` and leaves the list. */
export function useUploads(taken: number, onDone: (attachment: Attachment) => void) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const running = useRef(new Map<string, XMLHttpRequest>());
  const change = (key: string, next: Partial<Upload>) =>
    setUploads((before) => before.map((each) => (each.key === key ? { ...each, ...next } : each)));
  const forget = (key: string) => {
    running.current.delete(key);
    setUploads((before) => before.filter((each) => each.key !== key));
  };
  const start = async ({ key, file }: Upload) => {
    try {
      const done = await upload(
        file,
        (progress) => change(key, { progress }),
        (req) => running.current.set(key, req),
      );
      forget(key);
      onDone(done);
    } catch (error) {
      if (error instanceof DOMException) forget(key);
      else change(key, { error: errorMessage(error) });
    }
  };
  const add = (files: readonly File[]) => {
    const room = maxAttachmentsPerMessage - taken - uploads.length;
    if (files.length > room)
      toast({ title: tr("file.too.many", { count: maxAttachmentsPerMessage }), tone: "late" });
    const fresh = files
      .slice(0, Math.max(0, room))
      .map((file) => ({ key: crypto.randomUUID(), file, progress: 0 }));
    setUploads((before) => [...before, ...fresh]);
    for (const each of fresh) void start(each);
  };
  const retry = (entry: Upload) => {
    const { error: _, ...again } = { ...entry, progress: 0 };
    setUploads((before) => before.map((each) => (each.key === entry.key ? again : each)));
    void start(again);
  };
  const remove = (key: string) => {
    running.current.get(key)?.abort();
    forget(key);
  };
  return { uploads, add, retry, remove };
}
