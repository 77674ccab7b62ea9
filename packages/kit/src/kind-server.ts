import type { BodyOf, EventType, ParamsOf, QueryOf, Route, SuccessOf, TicketEvent } from "@okno/contract";
import type { z } from "zod";
import type { ChannelAnswer } from "./channel.ts";
import type { ConfirmationPort, KindConfirmations } from "./confirmation.ts";
import type { Queryable, Transaction } from "./database.ts";
import type { KindManifest } from "./kind.ts";
import type { CallbackPort, OutgoingHttp } from "./outgoing.ts";
import type { Principal } from "./principal.ts";
import type { Refusal } from "./refuse.ts";

/** Who did something: `id` is null for the system. */
export type Actor = { kind: "contact" | "member" | "key" | "system"; id: string | null };

/** What a change adds to the ticket's history; its place is given when it is written. No personal values. */
export type Happening = { type: EventType; actor: Actor; data: Record<string, unknown> };

/** A ticket under its row lock: what kinds may know of it. Handed back to `move` as it was given. */
export type LockedTicket = {
  readonly id: string;
  readonly workspace_id: string;
  readonly project_id: string;
  readonly kind: string;
  readonly number: number;
  readonly state: string;
  readonly phase: "open" | "waiting" | "done";
  readonly assignee_id: string | null;
  readonly seq: number;
};

/** A ticket that a kind opens by itself: made by a call, not by a customer's words. */
export type NewKindTicket = {
  id: string;
  projectId: string;
  number: number;
  kind: string;
  state: string;
  phase: "open" | "waiting" | "done";
  subject: string;
  actor: Actor;
  /** At least the one that says it was created. */
  happenings: readonly [Happening, ...Happening[]];
  now: Date;
};

/** Tickets, as kinds reach them. Everything happens in the caller's transaction. */
export type KindTickets = {
  /** Numbers are taken before the transaction: they come from blocks, and gaps are allowed. */
  takeNumber(workspaceId: string): Promise<number>;
  open(tx: Transaction, ticket: NewKindTicket): Promise<void>;
  /** Takes the row lock; undefined when there is no such ticket in these projects (null: for the system, any). */
  lock(
    tx: Transaction,
    ticketId: string,
    projectIds: readonly string[] | null,
  ): Promise<LockedTicket | undefined>;
  /**
   * Moves a locked ticket by an action of its flow and writes row, history and counters together.
   * @throws action_not_allowed
   */
  move(
    tx: Transaction,
    ticket: LockedTicket,
    change: { action: string; actor: Actor; happenings: readonly Happening[]; outcome?: string; now: Date },
  ): Promise<void>;
  /** A ticket's history as people see it, newest first: what is older than `cursor`. @throws invalid_cursor */
  history(
    db: Queryable,
    of: { workspaceId: string; ticketId: string },
    page: { cursor?: string | undefined; limit: number },
  ): Promise<{ data: TicketEvent[]; nextCursor: string | null }>;
  /** Adds to a locked ticket's history without moving it. */
  note(tx: Transaction, ticket: LockedTicket, happenings: readonly Happening[], now: Date): Promise<void>;
};

export type KindJob<P extends z.ZodType = z.ZodType> = {
  name: string;
  payload: P;
  /** Must be idempotent: after a crash it runs again. What is not done yet says when it wants to be looked at again: the same row waits. */
  run(
    payload: z.output<P>,
    job: { workspaceId: string | null; attempt: number },
  ): Promise<void> | Promise<{ againAt: Date } | undefined>;
};

/** Declares a job of a kind; keeps the type of its payload to itself. */
export function kindJob<P extends z.ZodType>(job: KindJob<P>): KindJob {
  return job as unknown as KindJob;
}

/** Seals values that must be used again but not lie open: bound to a context, opened nowhere else. */
export type KindSealer = {
  seal(text: string, context: string): Buffer;
  open(sealed: Buffer, context: string): string;
  /** A keyed digest: equal values are found again, nothing can be read from it. */
  blind(text: string, context: string): Buffer;
};

/** Asks the person behind a session to prove anew, by a one-time code, who is acting. */
export type StepUpPort = {
  /**
   * Takes the code, or is content with one that was taken in this session in the last five minutes. Outside the caller's transaction:
   * a code is spent, and a wrong one counted, whatever becomes of the call.
   * @throws step_up_required (`enrolled`: whether there is an app to ask), wrong_code, rate_limited; forbidden for keys
   */
  require(principal: Principal, code?: string): Promise<void>;
};

/** People and projects, as far as a kind must know them. */
export type PeoplePort = {
  /** Who stands behind members and keys: for a key its `party` (see `Principal`), for anybody else the id itself. */
  behind(db: Queryable, workspaceId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Whether all of these are members of the workspace. */
  areMembers(db: Queryable, workspaceId: string, ids: readonly string[]): Promise<boolean>;
  timeZoneOf(workspaceId: string, projectId: string): Promise<string>;
};

/** What the core lends to a kind's server half: the ports. */
export type KindPorts = {
  clock: { now(): Date };
  log: {
    info(facts: object, message: string): void;
    warn(facts: object, message: string): void;
    error(facts: object, message: string): void;
  };
  newId(): string;
  db: {
    in(workspaceId: string): Queryable;
    transaction<T>(workspaceId: string, run: (tx: Transaction) => Promise<T>): Promise<T>;
    /** Shares its transaction with other calls of the moment; `order` names the one thing it locks first. */
    gathered<T>(workspaceId: string, order: string, run: (tx: Transaction) => Promise<T>): Promise<T>;
    /** Outside any one workspace: directories, and work over all of them. */
    system: Queryable;
    background: Queryable;
  };
  tickets: KindTickets;
  confirmations: ConfirmationPort;
  callbacks: CallbackPort;
  outgoing: OutgoingHttp;
  sealer: KindSealer;
  stepUp: StepUpPort;
  people: PeoplePort;
  /** In the caller's transaction: the job exists if and only if what caused it does. Wakes the worker after the commit. */
  enqueue(
    tx: Transaction,
    job: { name: string; payload: unknown; runAt: Date; uniqueKey?: string },
  ): Promise<void>;
  /** An event about settings, in the caller's transaction. */
  tell(
    tx: Transaction,
    event: {
      type: EventType;
      projectId: string | null;
      actor: { kind: "member" | "key" | "system"; id: string | null };
      data: Record<string, unknown>;
    },
  ): Promise<void>;
};

/** One validated call of a kind's route. On routes for anyone, `principal` throws if touched: there is none. */
export type KindCall<R> = {
  principal: Principal;
  params: ParamsOf<R>;
  query: QueryOf<R>;
  /** On routes with `keepsText`: the text of the body. */
  body: BodyOf<R>;
  peer: { address: string; userAgent: string };
  requestId: string;
  headers: Record<string, string | undefined>;
  /** The method and the whole address as it was called. */
  target: { method: string; url: string };
  /** The bytes of a JSON body, as they came: what a signature covers. */
  bytes: Buffer | undefined;
  idempotency: { key: string; requestHash: Buffer } | undefined;
  /** That the call was signed by its key, and how: the digest is that of the text that was signed. */
  signature: { algorithm: string; baseDigest: string } | undefined;
};

/** How an operation runs: the shell supplies what each needs. */
export type KindBinding<R extends Route = Route> = { route: R } & (
  | { mode: "read"; run(call: KindCall<R>, db: Queryable): Promise<SuccessOf<R>> }
  | {
      mode: "command";
      /** The one thing it locks: calls of one moment then share a transaction. */
      order?(call: KindCall<R>): string;
      run(call: KindCall<R>, tx: Transaction): Promise<SuccessOf<R>>;
    }
  /**
   * A command that reads before its transaction what it need not lock. `prepare` answers what runs inside, which may run again; it
   * refuses nothing itself, so that a repeated call gets its stored answer whatever has become of its conditions.
   */
  | {
      mode: "prepared";
      order(call: KindCall<R>): string;
      prepare(call: KindCall<R>): Promise<(tx: Transaction) => Promise<SuccessOf<R>>>;
    }
  /** A command whose answer holds a secret: under its idempotency key only `reference` is kept. */
  | {
      mode: "secret";
      run(
        call: KindCall<R>,
        tx: Transaction,
      ): Promise<{ answer: SuccessOf<R>; reference: Record<string, string> }>;
    }
  /** Does its own transactions and idempotency. */
  | { mode: "own"; run(call: KindCall<R>): Promise<SuccessOf<R>> }
  /** Answers in a form of its own: a page, a file, another protocol's envelope. */
  | {
      mode: "answer";
      run(call: KindCall<R>): Promise<ChannelAnswer>;
      /** What was refused before `run` (too large, too often, not JSON …) or failed in it, in the protocol's own form. */
      refused?(refusal: Refusal): ChannelAnswer;
    }
);

/** A kind's part in the demo. */
export type KindDemo = {
  /** Adds what the demo shows of the kind, in the caller's transaction. */
  furnish(tx: Transaction, place: { projectId: string }): Promise<void>;
  /** Credentials of the demo that the guides show to everybody; undefined while they are not in force. */
  access(workspaceId: string): Promise<Readonly<Record<string, string>> | undefined>;
};

/** The server half of a kind. */
export type KindServer = {
  manifest: KindManifest;
  /** The folder of its migrations; their numbers run on from the core's. */
  migrations?: URL;
  /** The routes it brings, for the API description. */
  routes?: Readonly<Record<string, Readonly<Record<string, Route>>>>;
  bindings?(ports: KindPorts): KindBinding[];
  jobs?(ports: KindPorts): KindJob[];
  /** Its part where people ask for and answer confirmations. */
  confirmations?(ports: KindPorts): KindConfirmations;
  demo?(ports: KindPorts): KindDemo;
  /** What recurs, by cron pattern with seconds. */
  schedules?(ports: KindPorts): readonly { pattern: string; name: string; run(): Promise<void> }[];
};

/** Declares the server half of a kind. */
export function defineKindServer(server: KindServer): KindServer {
  return server;
}
