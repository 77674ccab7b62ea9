import { useNavigate } from "@tanstack/react-router";
import { PhoneIncoming, SquarePen, Users } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { type Creating, onCreate } from "../../shared/contacts/create.ts";
import { useCommands } from "../../shared/keys/use-commands.ts";
import { useT } from "./messages.ts";

const QuickNote = lazy(async () => ({ default: (await import("./quick-note.tsx")).QuickNote }));
const NewTicket = lazy(async () => ({ default: (await import("./new-ticket.tsx")).NewTicket }));

/** The forms that can be opened on every screen: a note of a call, a ticket of our own. */
export function CreateForms() {
  const t = useT();
  const navigate = useNavigate();
  const [creating, setCreating] = useState<Creating>();
  useEffect(() => onCreate(setCreating), []);
  useCommands([
    {
      id: "create.note",
      title: t("note.command"),
      group: "create",
      keys: "q",
      icon: <PhoneIncoming />,
      run: () => setCreating({ what: "note" }),
    },
    {
      id: "create.ticket",
      title: t("ticket.command"),
      group: "create",
      keys: "shift+n",
      icon: <SquarePen />,
      run: () => setCreating({ what: "ticket" }),
    },
    {
      id: "go.contacts",
      title: t("title"),
      group: "go",
      keys: "g k",
      icon: <Users />,
      run: () => void navigate({ to: "/contacts" }),
    },
  ]);
  const close = () => setCreating(undefined);
  return (
    <Suspense>
      {creating?.what === "note" ? <QuickNote onClose={close} /> : null}
      {creating?.what === "ticket" ? <NewTicket contact={creating.contact} onClose={close} /> : null}
    </Suspense>
  );
}
