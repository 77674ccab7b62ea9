import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "./api.ts";
import type { TextKey } from "./texts.ts";
import type { Upload } from "./types.ts";
import { useTools } from "./use-chat.ts";

export type Chosen = {
  id: number;
  file: File;
  preview: string | undefined;
  progress: number;
  done: Upload | undefined;
  failed: TextKey | undefined;
};

const maxBytes = 25 * 1024 * 1024;
const previewed = /^image\/(?:png|jpeg|gif|webp|avif)$/u;

function reasonOf(error: unknown): TextKey {
  if (!(error instanceof ApiError)) return "fileFailed";
  if (error.code === "payload_too_large") return "fileTooLarge";
  if (error.code === "file_type_refused") return "fileRefused";
  return "fileFailed";
}

/** The files chosen for the next message: uploaded as soon as they are chosen, each with its progress and its fault. */
export function useUploads() {
  const { chat, config } = useTools();
  const [chosen, setChosen] = useState<Chosen[]>([]);
  const [tooMany, setTooMany] = useState(false);
  const aborts = useRef(new Map<number, AbortController>());
  const nextId = useRef(1);

  const change = (id: number, what: Partial<Chosen>) =>
    setChosen((all) => all.map((each) => (each.id === id ? { ...each, ...what } : each)));

  async function start({ id, file }: Chosen): Promise<void> {
    const controller = new AbortController();
    aborts.current.set(id, controller);
    change(id, { failed: undefined, progress: 0 });
    try {
      const done = await chat.api.upload(file, (progress) => change(id, { progress }), controller.signal);
      change(id, { done, progress: 1 });
    } catch (error) {
      if (!controller.signal.aborted) change(id, { failed: reasonOf(error) });
    }
  }

  function add(files: Iterable<File>): void {
    const room = config.maxAttachments - chosen.length;
    const all = [...files];
    setTooMany(all.length > room);
    const added = all.slice(0, Math.max(room, 0)).map(
      (file): Chosen => ({
        id: nextId.current++,
        file,
        preview: previewed.test(file.type) ? URL.createObjectURL(file) : undefined,
        progress: 0,
        done: undefined,
        failed: file.size > maxBytes ? "fileTooLarge" : file.size === 0 ? "fileEmpty" : undefined,
      }),
    );
    setChosen((before) => [...before, ...added]);
    for (const each of added) if (!each.failed) void start(each);
  }

  function forget(gone: readonly Chosen[]): void {
    for (const { id, preview } of gone) {
      aborts.current.get(id)?.abort();
      aborts.current.delete(id);
      if (preview) URL.revokeObjectURL(preview);
    }
    setTooMany(false);
    setChosen((all) => all.filter((each) => !gone.some(({ id }) => id === each.id)));
  }

  const last = useRef(chosen);
  last.current = chosen;
  useEffect(() => () => forget(last.current), []);

  return {
    chosen,
    tooMany,
    add,
    forget,
    again: (each: Chosen) => void start(each),
    ready: chosen.every(({ done }) => done),
    done: chosen.flatMap(({ done }) => done ?? []),
  };
}
