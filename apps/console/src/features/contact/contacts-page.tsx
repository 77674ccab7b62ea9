import type { Contact } from "@okno/contract";
import { Avatar, Button, EmptyState, ErrorState, ListSkeleton, RelativeTime, TextField } from "@okno/ui";
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ArrowLeft, PhoneIncoming, Search } from "lucide-react";
import { useEffect, useState } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage } from "../../shared/api/error-message.ts";
import { showAddress } from "../../shared/contacts/address.ts";
import { openCreate } from "../../shared/contacts/create.ts";
import { useProjects } from "../../shared/directory/directory.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { usePageTitle } from "../../shared/layout/page-title.ts";
import { useSettled } from "../../shared/search/use-settled.ts";
import { useT } from "./messages.ts";

const pageSize = 50;
const restMs = 150;

function contactsQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: ["contact", "list", q],
    queryFn: ({ pageParam, signal }) =>
      api.contacts.list({
        query: {
          limit: pageSize,
          ...(q !== "" && { q }),
          ...(pageParam !== undefined && { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
}

function Line({ contact, project }: { contact: Contact; project: string | undefined }) {
  const t = useT();
  const locale = useLocale();
  const addresses = contact.identities
    .filter(({ kind }) => kind === "email" || kind === "phone")
    .map(({ kind, value }) => showAddress(kind, value));
  const name = contact.name ?? addresses[0] ?? t("unnamed");
  const shown = contact.name ? addresses : addresses.slice(1);
  return (
    <li>
      <Link
        to="/contacts/$contact"
        params={{ contact: contact.id }}
        className="flex min-h-14 min-w-0 items-center gap-3 px-4 py-2 hover:bg-hover"
      >
        <Avatar name={name} seed={contact.id} decorative />
        <span className="flex min-w-0 flex-1 flex-col">
          <bdi className="truncate text-14 font-medium">{name}</bdi>
          <span className="truncate text-13 text-text-3">
            <bdi>{shown.join(" · ")}</bdi>
          </span>
        </span>
        {project ? (
          <bdi className="max-w-40 truncate text-13 text-text-3 max-md:hidden">{project}</bdi>
        ) : null}
        {contact.lastSeenAt ? (
          <RelativeTime
            date={new Date(contact.lastSeenAt)}
            locale={locale}
            style="short"
            className="shrink-0 text-12 text-text-3"
          />
        ) : null}
      </Link>
    </li>
  );
}

function List({ q }: { q: string }) {
  const t = useT();
  const projects = useProjects();
  const query = useInfiniteQuery(contactsQuery(q));
  const contacts = (query.data?.pages ?? []).flatMap((page) => page.data);
  const projectOf = (contact: Contact) =>
    projects.length > 1 ? projects.find(({ id }) => id === contact.project)?.name : undefined;
  if (query.isPending) return <ListSkeleton label={t("list.loading")} rows={6} />;
  if (query.isError && !query.data)
    return (
      <ErrorState
        title={t("list.failed")}
        text={errorMessage(query.error)}
        retryLabel={t("retry")}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  if (contacts.length === 0)
    return q === "" ? (
      <EmptyState
        title={t("list.none")}
        text={t("list.none.text")}
        action={
          <Button icon={<PhoneIncoming />} shortcut="q" onClick={() => openCreate({ what: "note" })}>
            {t("note.command")}
          </Button>
        }
      />
    ) : (
      <EmptyState title={t("list.nobody")} text={t("list.nobody.text")} />
    );
  return (
    <>
      <ul aria-label={t("title")} className="divide-y divide-line overflow-hidden rounded-panel border">
        {contacts.map((contact) => (
          <Line key={contact.id} contact={contact} project={projectOf(contact)} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <div className="flex justify-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t("list.more")}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** The customers of the person's projects: the newest first, or those that a few letters or digits find. */
export function ContactsPage() {
  const t = useT();
  usePageTitle(t("title"));
  const navigate = useNavigate();
  const { q = "" } = useSearch({ strict: false }) as { q?: string };
  const [text, setText] = useState(q);
  const words = useSettled(text.trim(), restMs);
  useEffect(() => {
    void navigate({ to: "/contacts", search: words === "" ? {} : { q: words }, replace: true });
  }, [words, navigate]);
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-4xl flex-col gap-4 px-4 py-4 md:px-8 md:py-6">
        <nav className="flex items-center justify-between gap-2">
          <Link
            to="/"
            className="-ml-2 flex h-control items-center gap-2 rounded-control px-2 text-14 whitespace-nowrap text-text-2 hover:bg-hover hover:text-text-1 [&_svg]:size-4"
          >
            <ArrowLeft aria-hidden="true" />
            {t("back")}
          </Link>
          <Button icon={<PhoneIncoming />} shortcut="q" onClick={() => openCreate({ what: "note" })}>
            {t("note.command")}
          </Button>
        </nav>
        <h1 className="text-20 font-semibold">{t("title")}</h1>
        <TextField
          type="search"
          aria-label={t("find")}
          placeholder={t("find")}
          prefix={<Search />}
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <List q={words} />
      </div>
    </main>
  );
}
