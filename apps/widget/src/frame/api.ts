import type { Desk } from "./config.ts";
import type { Completion, Pending, ServerMessage, Upload } from "./types.ts";

/** The server said no. `status` 0: it could not be reached, or was not itself: worth another try. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly pointer: string;
  readonly retryAfterSeconds: number;

  constructor(
    status: number,
    problem: { code?: string; errors?: { pointer: string }[] } = {},
    retryAfter = 0,
  ) {
    super(problem.code ?? "unreachable");
    this.status = status;
    this.code = problem.code ?? "";
    this.pointer = problem.errors?.[0]?.pointer ?? "";
    this.retryAfterSeconds = retryAfter;
  }

  /** Trying again may help. */
  get passing(): boolean {
    return this.status === 0 || this.status >= 500 || this.status === 429;
  }
}

type Page = { messages: ServerMessage[]; more: boolean };
export type Session = Page & {
  token: string;
  closed: boolean;
  completion: Completion | null;
  /** What became of the site's word about its user. */
  identity: { accepted: true } | { accepted: false; why: string } | null;
};

const sendTimeoutMs = 20_000;

async function problemOf(res: Response): Promise<ApiError> {
  const problem = await res.json().catch(() => ({}));
  return new ApiError(res.status, problem, Number(res.headers.get("retry-after")) || 0);
}

async function request(path: string, init: RequestInit): Promise<Response> {
  const res = await fetch(path, { cache: "no-store", credentials: "omit", ...init }).catch(() => {
    throw new ApiError(0);
  });
  if (!res.ok) throw await problemOf(res);
  return res;
}

/** The chat's own addresses, beside the frame's. */
export function createApi(token: () => string | undefined) {
  const bearer = (): Record<string, string> => {
    const known = token();
    return known ? { authorization: `Bearer ${known}` } : {};
  };
  const post = async (path: string, body: unknown) => {
    const res = await request(path, {
      method: "POST",
      headers: { "content-type": "application/json", ...bearer() },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(sendTimeoutMs),
    });
    return res.json();
  };
  return {
    session: (known: string | undefined, identity: string | undefined): Promise<Session> =>
      post("session", { ...(known && { token: known }), ...(identity && { identity }) }),
    newest: async (): Promise<Page> => (await request("messages", { headers: bearer() })).json(),
    older: async (before: string): Promise<Page> =>
      (await request(`messages?before=${before}`, { headers: bearer() })).json(),
    send: (
      { externalId, body, uploads, name, email, phone }: Pending,
      locale: string,
    ): Promise<{ id: string; at: string }> =>
      post("messages", {
        externalId,
        body,
        attachments: uploads.map(({ handle }) => handle),
        locale,
        ...(name && { name }),
        ...(email && { email }),
        ...(phone && { phone }),
      }),
    seen: (upTo: string, status: "delivered" | "read"): Promise<unknown> => post("seen", { upTo, status }),
    typing: (typing: boolean): Promise<unknown> => post("typing", { typing }),
    rate: (completion: string, score: number, words: string): Promise<Completion["rating"]> =>
      post("rating", { completion, score, ...(words && { words }) }),
    desk: async (): Promise<Desk> => (await request("desk", {})).json(),
    transcript: async (format: "text" | "html", lang: string): Promise<Blob> =>
      (await request(`transcript?format=${format}&lang=${lang}`, { headers: bearer() })).blob(),
    file: async (id: string): Promise<Blob> =>
      (await request(`files/${id}`, { headers: bearer(), cache: "default" })).blob(),
    stream: (signal: AbortSignal) => request("stream", { headers: bearer(), signal }),
    upload: (file: File, progress: (share: number) => void, signal: AbortSignal) =>
      upload(file, { headers: bearer(), progress, signal }),
  };
}

export type Api = ReturnType<typeof createApi>;

/** `fetch` does not tell how much has gone; the older way does. */
function upload(
  file: File,
  {
    headers,
    progress,
    signal,
  }: { headers: Record<string, string>; progress: (share: number) => void; signal: AbortSignal },
): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open("POST", "files");
    for (const [name, value] of Object.entries(headers)) call.setRequestHeader(name, value);
    call.responseType = "json";
    call.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    call.onload = () =>
      call.status === 201 ? resolve(call.response) : reject(new ApiError(call.status, call.response ?? {}));
    call.onerror = () => reject(new ApiError(0));
    signal.addEventListener("abort", () => {
      call.abort();
      reject(new ApiError(0));
    });
    const form = new FormData();
    form.set("file", file, file.name || "file");
    call.send(form);
  });
}
