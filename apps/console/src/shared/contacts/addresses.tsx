import type { Contact } from "@okno/contract";
import { OknoError } from "@okno/sdk";
import { Button, cx, DropdownItem, DropdownMenu, Field, IconButton, TextField, toast } from "@okno/ui";
import { useMutation } from "@tanstack/react-query";
import {
  AtSign,
  BadgeAlert,
  BadgeCheck,
  Hash,
  type LucideIcon,
  MoreHorizontal,
  Pencil,
  Phone,
  Plus,
  Trash2,
  UserRound,
} from "lucide-react";
import { useState } from "react";
import { api } from "../api/client.ts";
import { errorMessage, isRefusal } from "../api/error-message.ts";
import { hrefOf, kindOfAddress, showAddress } from "./address.ts";
import { useMerge } from "./merge.ts";
import { useT } from "./messages.ts";
import { keepCard } from "./queries.ts";

type Identity = Contact["identities"][number];

const icons: Readonly<Record<Identity["kind"], LucideIcon>> = {
  email: AtSign,
  phone: Phone,
  visitor: UserRound,
  external: Hash,
};

/** Who has the address that was refused, if the server said. */
function holderIn(error: unknown): { id: string; name: string | null } | undefined {
  const contact = error instanceof OknoError ? error.problem?.details?.contact : undefined;
  return contact as { id: string; name: string | null } | undefined;
}

function Problem({ error, text, contact }: { error: unknown; text: string; contact: Contact }) {
  const t = useT();
  const merge = useMerge();
  const holder = isRefusal(error, "already_exists") ? holderIn(error) : undefined;
  if (holder)
    return (
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <bdi className="[overflow-wrap:anywhere]">
          {t("address.taken", { name: holder.name ?? t("unnamed") })}
        </bdi>
        <Button size="sm" onClick={() => merge.mutate({ from: holder.id, into: contact.id })}>
          {t("merge.with")}
        </Button>
      </span>
    );
  if (isRefusal(error, "invalid_request")) return t(`address.wrong.${kindOfAddress(text)}`);
  return isRefusal(error, "in_use") ? t("address.in.use") : errorMessage(error);
}

type EditorProps = { contact: Contact; identity?: Identity; onClose: () => void };

/** One line for an address, new or to be corrected. What was typed stays until the server has taken it. */
function AddressEditor({ contact, identity, onClose }: EditorProps) {
  const t = useT();
  const [text, setText] = useState(identity?.value ?? "");
  const [tried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      identity
        ? api.contacts.updateIdentity({
            params: { id: contact.id, identity: identity.id },
            body: { value: text },
          })
        : api.contacts.addIdentity({
            params: { id: contact.id },
            body: { kind: kindOfAddress(text), value: text },
          }),
    onSuccess: (card) => {
      keepCard(card);
      onClose();
    },
  });
  const empty = text.trim() === "";
  return (
    <form
      noValidate
      className="flex flex-col gap-2 py-1"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!empty && !save.isPending) save.mutate();
      }}
    >
      <Field
        label={t("address.field")}
        hideLabel
        error={
          (tried && empty && t("address.empty")) ||
          (save.error && <Problem error={save.error} text={text} contact={contact} />)
        }
      >
        <TextField
          autoFocus
          size="sm"
          maxLength={254}
          autoComplete="off"
          placeholder={t("address.field")}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            save.reset();
          }}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            onClose();
          }}
        />
      </Field>
      <div className="flex gap-2">
        <Button size="sm" type="submit" variant="primary" busy={save.isPending}>
          {identity ? t("save") : t("address.submit")}
        </Button>
        <Button size="sm" variant="ghost" onClick={onClose}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}

/** Removing is undone by adding again, as it was. */
function useAddressChanges(contact: Contact) {
  const t = useT();
  const params = (identity: Identity) => ({ id: contact.id, identity: identity.id });
  const onError = (error: unknown) =>
    toast({
      title: isRefusal(error, "in_use") ? t("address.in.use") : errorMessage(error),
      tone: "late",
    });
  const restore = useMutation({
    mutationFn: ({ kind, value, verified }: Identity) =>
      api.contacts.addIdentity({
        params: { id: contact.id },
        body: { kind: kind as "email" | "phone", value, verified },
      }),
    onSuccess: (card) => keepCard(card),
    onError,
  });
  const remove = useMutation({
    mutationFn: (identity: Identity) => api.contacts.removeIdentity({ params: params(identity) }),
    onSuccess: (card, identity) => {
      keepCard(card);
      toast({
        title: t("address.removed", { value: showAddress(identity.kind, identity.value) }),
        action: { label: t("undo"), shortcut: "z", onAction: () => restore.mutate(identity) },
      });
    },
    onError,
  });
  const prove = useMutation({
    mutationFn: (identity: Identity) =>
      api.contacts.updateIdentity({ params: params(identity), body: { verified: true } }),
    onSuccess: (card) => keepCard(card),
    onError: (error) => {
      const holder = holderIn(error);
      if (holder) toast({ title: t("address.taken", { name: holder.name ?? t("unnamed") }), tone: "late" });
      else onError(error);
    },
  });
  return { remove: remove.mutate, prove: prove.mutate };
}

function AddressMenu({ contact, identity, onEdit }: EditorRowProps) {
  const t = useT();
  const { remove, prove } = useAddressChanges(contact);
  const copy = async () => {
    await navigator.clipboard.writeText(identity.value);
    toast({ title: t("address.copied") });
  };
  const changeable = identity.kind === "email" || identity.kind === "phone";
  return (
    <DropdownMenu
      trigger={
        <IconButton
          size="sm"
          className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
          label={t("address.menu", { value: identity.value })}
          icon={<MoreHorizontal />}
        />
      }
    >
      <DropdownItem onSelect={() => void copy()}>{t("address.copy")}</DropdownItem>
      {changeable && !identity.verified ? (
        <DropdownItem icon={<BadgeCheck />} onSelect={() => prove(identity)}>
          {t("address.prove")}
        </DropdownItem>
      ) : null}
      {changeable ? (
        <>
          <DropdownItem icon={<Pencil />} onSelect={onEdit}>
            {t("address.change")}
          </DropdownItem>
          <DropdownItem icon={<Trash2 />} onSelect={() => remove(identity)}>
            {t("address.remove")}
          </DropdownItem>
        </>
      ) : null}
    </DropdownMenu>
  );
}

type EditorRowProps = { contact: Contact; identity: Identity; onEdit: () => void };

function AddressRow({ contact, identity, onEdit }: EditorRowProps) {
  const t = useT();
  const Icon = icons[identity.kind];
  const link = hrefOf(identity.kind, identity.value);
  // What a channel calls a visitor says nothing to people.
  const nameless = identity.kind === "visitor";
  const value = (
    <bdi className={cx("min-w-0 truncate", nameless && "text-text-2")} title={identity.value}>
      {nameless ? t("identity.visitor") : showAddress(identity.kind, identity.value)}
    </bdi>
  );
  return (
    <li className="group flex min-h-7 min-w-0 items-center gap-2 text-13">
      <Icon aria-hidden="true" className="size-3.5 shrink-0 text-text-3" />
      {nameless ? null : <span className="sr-only">{t(`identity.${identity.kind}`)}</span>}
      {link ? (
        <a href={link} className="flex min-w-0 underline-offset-2 hover:underline">
          {value}
        </a>
      ) : (
        value
      )}
      {identity.verified || identity.kind === "visitor" ? null : (
        <span title={t("unverified")} className="flex shrink-0 text-soon">
          <BadgeAlert aria-hidden="true" className="size-3.5" />
          <span className="sr-only">{t("unverified")}</span>
        </span>
      )}
      <span className="ml-auto flex">
        <AddressMenu contact={contact} identity={identity} onEdit={onEdit} />
      </span>
    </li>
  );
}

/** Every way to know the customer, and how to add one. */
export function Addresses({ contact }: { contact: Contact }) {
  const t = useT();
  const [editing, setEditing] = useState<string>();
  const close = () => setEditing(undefined);
  return (
    <div>
      <ul className="flex flex-col">
        {contact.identities.map((identity) =>
          editing === identity.id ? (
            <li key={identity.id}>
              <AddressEditor contact={contact} identity={identity} onClose={close} />
            </li>
          ) : (
            <AddressRow
              key={identity.id}
              contact={contact}
              identity={identity}
              onEdit={() => setEditing(identity.id)}
            />
          ),
        )}
      </ul>
      {editing === "new" ? (
        <AddressEditor contact={contact} onClose={close} />
      ) : (
        <Button size="sm" variant="ghost" className="-ml-2" icon={<Plus />} onClick={() => setEditing("new")}>
          {t("address.add")}
        </Button>
      )}
    </div>
  );
}
