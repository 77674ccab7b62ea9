import type { Contact } from "@okno/contract";
import {
  Avatar,
  Banner,
  Button,
  DropdownItem,
  DropdownMenu,
  ErrorState,
  IconButton,
  RelativeTime,
  Skeleton,
} from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Combine, IdCard, MoreHorizontal, Pencil, SquarePen } from "lucide-react";
import { type ReactNode, useState } from "react";
import { errorMessage } from "../api/error-message.ts";
import { useLocale } from "../i18n/i18n.ts";
import { useCommands } from "../keys/use-commands.ts";
import { Addresses } from "./addresses.tsx";
import { openCreate } from "./create.ts";
import { EditContact } from "./edit-contact.tsx";
import { Kinship } from "./kinship.tsx";
import { MergeDialog } from "./merge-dialog.tsx";
import { useT } from "./messages.ts";
import { contactQuery } from "./queries.ts";
import { Values } from "./values.tsx";

type Dialogs = { open: "edit" | "merge" | undefined; show: (dialog: "edit" | "merge" | undefined) => void };

function LastSeen({ contact }: { contact: Contact }) {
  const t = useT();
  const locale = useLocale();
  return (
    <p className="truncate text-12 text-text-3">
      {contact.lastSeenAt ? (
        <>
          {t("last.seen")} <RelativeTime date={new Date(contact.lastSeenAt)} locale={locale} />
        </>
      ) : (
        t("last.seen.never")
      )}
    </p>
  );
}

/** What can be done with the customer in hand, by keys and from the palette. */
function useContactCommands(contact: Contact | undefined, show: Dialogs["show"]): void {
  const t = useT();
  const enabled = contact !== undefined;
  const of = (id: string, title: string, run: () => void) =>
    ({ id: `contact.${id}`, title, group: "contact", enabled, run }) as const;
  useCommands([
    { ...of("edit", t("edit.title"), () => show("edit")), keys: "shift+c" },
    of("merge", t("merge"), () => show("merge")),
    of("write", t("new.ticket"), () => {
      if (contact) openCreate({ what: "ticket", contact: chosen(contact, t("unnamed")) });
    }),
  ]);
}

function chosen(contact: Contact, unnamed: string) {
  return { id: contact.id, name: contact.name ?? contact.identities[0]?.value ?? unnamed };
}

function Menu({ contact, show, link }: { contact: Contact; show: Dialogs["show"]; link: boolean }) {
  const t = useT();
  return (
    <div className="ml-auto flex shrink-0 self-start">
      {link ? (
        <Link to="/contacts/$contact" params={{ contact: contact.id }}>
          <IconButton size="sm" tabIndex={-1} label={t("open")} icon={<IdCard />} />
        </Link>
      ) : null}
      <IconButton
        size="sm"
        label={t("edit")}
        shortcut="shift+c"
        icon={<Pencil />}
        onClick={() => show("edit")}
      />
      <DropdownMenu trigger={<IconButton size="sm" label={t("more")} icon={<MoreHorizontal />} />}>
        <DropdownItem
          icon={<SquarePen />}
          onSelect={() => openCreate({ what: "ticket", contact: chosen(contact, t("unnamed")) })}
        >
          {t("new.ticket")}
        </DropdownItem>
        <DropdownItem icon={<Combine />} onSelect={() => show("merge")}>
          {t("merge")}
        </DropdownItem>
      </DropdownMenu>
    </div>
  );
}

function Note({ contact, onEdit }: { contact: Contact; onEdit: () => void }) {
  const t = useT();
  if (!contact.note)
    return (
      <Button size="sm" variant="ghost" className="-ml-2 self-start" icon={<Pencil />} onClick={onEdit}>
        {t("note.add")}
      </Button>
    );
  return (
    <section aria-label={t("note")}>
      <p
        dir="auto"
        className="rounded-control bg-surface-3 px-2.5 py-2 text-13 whitespace-pre-wrap [overflow-wrap:anywhere]"
      >
        {contact.note}
      </p>
    </section>
  );
}

type BodyProps = { contact: Contact; link: boolean; heading: ReactNode; show: Dialogs["show"] };

function Body({ contact, link, heading, show }: BodyProps) {
  const t = useT();
  return (
    <>
      <div className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-3">
        <Avatar
          size="lg"
          name={contact.name ?? t("unnamed")}
          seed={contact.id}
          decorative
          className="row-span-2"
        />
        <div className="min-w-0 self-center">{heading}</div>
        <Menu contact={contact} show={show} link={link} />
        <div className="col-span-2 min-w-0 truncate">
          <LastSeen contact={contact} />
        </div>
      </div>
      {contact.mergedInto ? <Banner>{t("merged.into")}</Banner> : null}
      <Kinship contact={contact} />
      <Addresses contact={contact} />
      <Values contact={contact} />
      <Note contact={contact} onEdit={() => show("edit")} />
    </>
  );
}

type Props = {
  id: string;
  /** What to call the customer until the card is there. */
  name?: string | null | undefined;
  /** Offers the way to the card's own page. */
  link?: boolean;
  /** How the name is drawn: beside a ticket it is a line, on its own page the title. */
  heading?: "line" | "title";
};

/** Who the customer is: name, addresses, what the project keeps of them, the team's note. */
export function ContactCard({ id, name, link = false, heading = "line" }: Props) {
  const t = useT();
  const { data: contact, error, refetch, isFetching } = useQuery(contactQuery(id));
  const [open, show] = useState<Dialogs["open"]>();
  useContactCommands(contact, show);
  const words = contact?.name ?? name ?? t("unnamed");
  const title = (
    <bdi dir="auto" className="line-clamp-4 [overflow-wrap:anywhere]">
      {words}
    </bdi>
  );
  if (!contact && error)
    return (
      <ErrorState
        title={t("load.failed")}
        text={errorMessage(error)}
        retryLabel={t("retry")}
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    );
  if (!contact)
    return (
      <div role="status" aria-label={t("loading")} className="flex flex-col gap-2">
        <p className="text-14 font-semibold">{title}</p>
        <Skeleton className="h-4 w-40" />
        <Skeleton className="h-4 w-32" />
      </div>
    );
  return (
    <div className="flex flex-col gap-3">
      <Body
        contact={contact}
        link={link}
        show={show}
        heading={
          heading === "title" ? (
            <h1 className="text-20 font-semibold">{title}</h1>
          ) : (
            <p className="text-14 font-semibold">{title}</p>
          )
        }
      />
      {open === "edit" ? <EditContact contact={contact} onClose={() => show(undefined)} /> : null}
      {open === "merge" ? <MergeDialog contact={contact} onClose={() => show(undefined)} /> : null}
    </div>
  );
}
