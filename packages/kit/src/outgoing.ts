/** Why an address is not called at all: the answer to whoever gave it, before or at the time of the call. */
export type OutgoingRefusal =
  /** Not an absolute http(s) address, or one with credentials in it. */
  | "bad_url"
  /** A port that is no web server's. */
  | "port"
  /** The host is, or has turned out at connect time to be, an address inside. */
  | "private_address";

/** An address that Okno will not call, however often it is asked. */
export class OutgoingRefused extends Error {
  override readonly name = "OutgoingRefused";
  readonly why: OutgoingRefusal;

  constructor(why: OutgoingRefusal) {
    super(`the address is not called: ${why}`);
    this.why = why;
  }
}

export type OutgoingFailure =
  | "dns"
  | "connect"
  | "tls"
  | "timeout"
  /** The connection broke, or what came was not HTTP. */
  | "protocol"
  /** The answer's body is longer than `maxBytes` (only with `whenLonger: "fail"`). */
  | "too_long";

/** A call that got no answer. Whether the other side has acted is not known, unless `sent` is false. */
export class OutgoingFailed extends Error {
  override readonly name = "OutgoingFailed";
  readonly why: OutgoingFailure;
  /** False where not a byte of the call can have reached the other side. */
  readonly sent: boolean;

  constructor(why: OutgoingFailure, sent: boolean, options?: { cause: unknown }) {
    super(`the call got no answer: ${why}`, options);
    this.why = why;
    this.sent = sent;
  }
}

export type OutgoingCall = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  headers?: Readonly<Record<string, string>>;
  /** Sent byte for byte. */
  body?: string;
  /** For the whole call, from the look-up of the name to the last byte of the answer. 20 s unless told; never more than 60 s. */
  timeoutMs?: number;
  /** How much of the answer's body is read: 64 KiB unless told. */
  maxBytes?: number;
  /** What happens to a longer body: cut off (unless told), or refused. */
  whenLonger?: "cut" | "fail";
};

/** An answer, whatever its status. Header names are in lower case; a redirect is an answer like any other and is not followed. */
export type OutgoingAnswer = { status: number; headers: Readonly<Record<string, string>>; body: string };

/**
 * An HTTP call to an address that an outsider chose. The address decided on is the address connected to: private, local and
 * reserved ones are refused after the name is looked up, so that no name and no redirect leads inside. Bodies and time are bounded.
 */
export type OutgoingHttp = {
  /** @throws OutgoingRefused, OutgoingFailed */
  call(url: string, call: OutgoingCall): Promise<OutgoingAnswer>;
  /** What is wrong with an address as it is written, before anything is looked up: for validation. Undefined: it may be tried. */
  problem(url: string): OutgoingRefusal | undefined;
};

/** What a port needs of the caller's transaction: the server's own satisfies it, interactive or in the background. */
export type OutgoingTransaction = {
  query<Row extends object = Record<string, unknown>>(
    statement: { name: string; text: string },
    values?: readonly unknown[],
  ): Promise<Row[]>;
  afterCommit?(effect: () => void): void;
};

/** `waiting`: for its first attempt or the next one. `failed`: every attempt of the schedule is used up. */
export type CallbackState = "waiting" | "succeeded" | "failed";

export type LoggedCallback = {
  /** The UUID of the delivery; public as `whd_…`. */
  id: string;
  url: string;
  /** What it tells: `payout.paid`. */
  what: string;
  state: CallbackState;
  attempts: number;
  /** `200 => OK`: the last status and the start of the body; or why there was no answer: `timeout`. Null before the first attempt. */
  lastResponse: string | null;
  createdAt: Date;
  /** When it was last tried. */
  lastAt: Date | null;
  nextAt: Date | null;
};

/**
 * A call-back to an address that was given for one ticket, not a configured endpoint. It rides on the webhooks' schedule: repeated
 * until the answer is 200 to 299, in the ticket's order (a later one waits until the earlier succeeded or failed), logged, never lost.
 */
export type CallbackPort = {
  /** Is written in the caller's transaction: told if and only if what it tells of has happened. POST; the body goes out byte for byte. */
  enqueue(
    tx: OutgoingTransaction,
    callback: {
      workspaceId: string;
      projectId: string;
      ticketId: string;
      url: string;
      body: string;
      /** `content-type: application/json` unless told otherwise. */
      headers?: Readonly<Record<string, string>>;
      what: string;
      now: Date;
    },
  ): Promise<void>;
  /** A ticket's call-backs, oldest first; at most 100. */
  list(
    db: Pick<OutgoingTransaction, "query">,
    of: { workspaceId: string; ticketId: string },
  ): Promise<LoggedCallback[]>;
  /** Sends one again from the start of its schedule, the same body. @returns false where there is none. */
  replay(tx: OutgoingTransaction, of: { workspaceId: string; id: string; now: Date }): Promise<boolean>;
};
