import type {
  ErrorCode,
  Me,
  Member,
  Project,
  Role,
  Route,
  StreamEvent,
  SuccessOf,
  Ticket,
} from "@okno/contract";
import type { ComponentProps, ComponentType } from "react";

/** The tones of a badge. */
export type KindTone = "neutral" | "info" | "good" | "soon" | "late";

/** ICU messages by key: the same keys in both languages. */
export type KindMessages = Readonly<Record<"ru" | "en", Readonly<Record<string, string>>>>;

/** Something the reader can do here: bound to its keys, listed in the `?` sheet, found by the palette. */
export type KindCommand = {
  id: string;
  title: string;
  group: "ticket" | "list" | "create" | "go" | "settings";
  keys?: string | readonly string[];
  run: () => unknown;
  enabled?: boolean;
  keywords?: string;
};

/** How a call is sent; `params`, `query` and `body` as the route declares them. */
export type KindCallInput = {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  idempotencyKey?: string;
  signal?: AbortSignal;
};

type Values = Readonly<Record<string, string | number>>;

/** What the console lends to a kind's console half: the ports. Hooks are called under the rules of hooks. */
export type KindHost = {
  /**
   * Calls a route with the reader's session.
   * @throws OknoError for every answer that is not a success, TypeError when the server is out of reach.
   */
  call<R extends Route>(route: R, input?: KindCallInput): Promise<SuccessOf<R>>;
  /** Words of its own: `useT()` for components, `tr` for code outside them. */
  defineMessages<const K extends string>(
    name: string,
    messages: { ru: Readonly<Record<K, string>>; en: Readonly<Record<NoInfer<K>, string>> },
  ): { useT: () => (key: K, values?: Values) => string; tr: (key: K, values?: Values) => string };
  useLocale(): "ru" | "en";
  useCommands(commands: readonly KindCommand[]): void;
  /** Hears the journal's events as they happen. */
  useLiveEvents(listener: (event: StreamEvent) => void): void;
  /** Called when events may have been missed. */
  useResync(listener: () => void): void;
  useOffline(): boolean;
  /** One column at a time: a phone. */
  useNarrow(): boolean;
  usePageTitle(title: string): void;
  useMe(): Me;
  hasRole(me: Me, role: Role, project?: string): boolean;
  useProjects(): readonly Project[];
  /** Everybody who shares a project with the reader. */
  useMembers(): readonly Member[];
  /** What went wrong, in the reader's words. */
  errorMessage(error: unknown): string;
  requestIdOf(error: unknown): string | undefined;
  isRefusal(error: unknown, code: ErrorCode): boolean;
  /** The address within the console: everything behind the origin. */
  usePlace(): { path: string; search: Readonly<Record<string, string>> };
  useGo(): (address: string, how?: { replace?: boolean }) => void;
  Link: ComponentType<Omit<ComponentProps<"a">, "href"> & { to: string }>;
};

/** What a kind draws, loaded when it is first needed. */
export type KindParts = {
  /** What is needed to decide, above the ticket's history. */
  Decision?: ComponentType<{ ticket: Ticket }>;
  /** Its own section of the console. */
  Section?: ComponentType;
};

/** The console half of a kind. Its words are there from the start, since tickets of the kind stand in every list; the rest is loaded. */
export type KindConsole = {
  /** As in its manifest. */
  id: string;
  /**
   * `name` (of one ticket), `names` (of the kind), `state.<state>` for every state of its flow, `event.<event>` for every event of its own,
   * with `{who}`; and whatever `eventKey` answers.
   */
  words: KindMessages;
  /** How a state's badge is drawn; neutral if absent. */
  tones: Readonly<Record<string, KindTone>>;
  /** Which of its words tells an event, where its name alone does not say it. */
  eventKey?(type: string, data: Readonly<Record<string, unknown>>): string | undefined;
  icon: ComponentType<{ className?: string }>;
  /** A section beside the inbox: its first place in the address, its word (`words`), and the least role that has use for it. */
  section?: { path: string; word: string; role: Role; keys?: string; keywords?: string };
  load(host: KindHost): Promise<KindParts>;
};
