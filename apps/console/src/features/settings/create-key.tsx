import { type Project, type Role, roles, type Scope, scopes } from "@okno/contract";
import { Checkbox, Field, Select, TextField } from "@okno/ui";
import { type ReactNode, useState } from "react";
import { api } from "../../shared/api/client.ts";
import { hasRole, useMe } from "../../shared/session/session.ts";
import { FormDialog } from "./form-dialog.tsx";
import { keysKey } from "./keys-query.ts";
import { useT } from "./messages.ts";
import { useT as usePeopleT } from "./people-messages.ts";
import { useAdministered } from "./project-choice.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { useSave } from "./use-save.ts";

const terms = ["never", "30", "90", "365"] as const;
type Term = (typeof terms)[number];
type Draft = {
  name: string;
  role: Role;
  /** null: every project. */
  projects: readonly string[] | null;
  scopes: readonly Scope[];
  term: Term;
};

const toggled = <T,>(list: readonly T[], item: T, on: boolean): T[] =>
  on ? [...list, item] : list.filter((each) => each !== item);

function Group({ title, error, children }: { title: string; error: string | false; children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="pb-2 text-13 font-medium">{title}</legend>
      <div className="flex flex-col gap-2">{children}</div>
      {error ? (
        <p role="alert" className="mt-1.5 text-13 text-late">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

type PartProps = { draft: Draft; change: (part: Partial<Draft>) => void; tried: boolean };

function ProjectsPart({ draft, change, tried, projects }: PartProps & { projects: readonly Project[] }) {
  const t = usePeopleT();
  const me = useMe();
  const chosen = draft.projects;
  if (draft.role === "owner") return null;
  return (
    <Group title={t("create.projects")} error={tried && chosen?.length === 0 && t("create.projects.none")}>
      {me.member.owner ? (
        <Checkbox
          label={t("create.projects.all")}
          checked={chosen === null}
          onCheckedChange={(all) => change({ projects: all ? null : [] })}
        />
      ) : null}
      {chosen === null
        ? null
        : projects.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={chosen.includes(id)}
              onCheckedChange={(on) => change({ projects: toggled(chosen, id, on) })}
            />
          ))}
    </Group>
  );
}

function ScopesPart({ draft, change, tried }: PartProps) {
  const t = usePeopleT();
  return (
    <Group title={t("create.scopes")} error={tried && draft.scopes.length === 0 && t("create.scopes.none")}>
      <div className="grid gap-2 md:grid-cols-2">
        {scopes.map((scope) => (
          <Checkbox
            key={scope}
            label={t(`scope.${scope}`)}
            checked={draft.scopes.includes(scope)}
            onCheckedChange={(on) => change({ scopes: toggled(draft.scopes, scope, on) })}
          />
        ))}
      </div>
    </Group>
  );
}

function Secret({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  const t = usePeopleT();
  return (
    <ShownOnce
      title={t("secret.title", { name })}
      label={t("secret.label")}
      value={secret}
      note={t("secret.text")}
      readyLabel={t("ready")}
      onClose={onClose}
    />
  );
}

function create({ name, role, projects, scopes: chosen, term }: Draft) {
  const expiresAt =
    term === "never" ? undefined : new Date(Date.now() + Number(term) * 86_400_000).toISOString();
  return api.keys.create({
    body: {
      name,
      role,
      projects: role === "owner" || projects === null ? null : [...projects],
      scopes: [...chosen],
      ...(expiresAt && { expiresAt }),
    },
  });
}

/** A new API key; its secret is shown this once. */
export function CreateKey({ onClose }: { onClose: () => void }) {
  const t = usePeopleT();
  const common = useT();
  const me = useMe();
  const { projects } = useAdministered();
  const [draft, setDraft] = useState<Draft>({
    name: "",
    role: "operator",
    projects: me.member.owner ? null : projects.length === 1 ? projects.map(({ id }) => id) : [],
    scopes: ["tickets:read", "tickets:write"],
    term: "never",
  });
  const [tried, setTried] = useState(false);
  const [secret, setSecret] = useState<string>();
  const { mutate, isPending, error } = useSave(create, {
    stale: [keysKey],
    onSaved: (answer) => setSecret(answer.secret),
  });
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const unnamed = draft.name.trim() === "";
  const ready =
    !unnamed && draft.scopes.length > 0 && (draft.role === "owner" || draft.projects?.length !== 0);
  const givable = roles.filter((role) => role !== "owner" || hasRole(me, "owner"));
  if (secret) return <Secret name={draft.name} secret={secret} onClose={onClose} />;
  return (
    <FormDialog
      title={t("create.title")}
      submitLabel={t("create")}
      busy={isPending}
      error={error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (ready) mutate(draft);
      }}
    >
      <Field
        label={t("create.name")}
        hint={t("create.name.hint")}
        error={tried && unnamed && common("name.empty")}
        required
      >
        <TextField
          maxLength={100}
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <div className="grid gap-4 md:grid-cols-2">
        <Field label={t("create.role")}>
          <Select
            options={givable.map((value) => ({ value, label: t(`role.${value}`) }))}
            value={draft.role}
            onValueChange={(role) => change({ role: role as Role })}
          />
        </Field>
        <Field label={t("create.expires")}>
          <Select
            options={terms.map((value) => ({ value, label: t(`expires.${value}`) }))}
            value={draft.term}
            onValueChange={(term) => change({ term: term as Term })}
          />
        </Field>
      </div>
      <ProjectsPart draft={draft} change={change} tried={tried} projects={projects} />
      <ScopesPart draft={draft} change={change} tried={tried} />
    </FormDialog>
  );
}
