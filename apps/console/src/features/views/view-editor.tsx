import { labelHues, type View, viewIcons } from "@okno/contract";
import { Banner, Button, ConflictBanner, cx, Dialog, Field, Select, TextField, toast } from "@okno/ui";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useDeferredValue, useId, useState } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage, isRefusal } from "../../shared/api/error-message.ts";
import { useProjects } from "../../shared/directory/directory.ts";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import { hasRole, useMe } from "../../shared/session/session.ts";
import { closeViewEditor, type EditorInput } from "../../shared/views/editor.ts";
import { refreshViews } from "../../shared/views/queries.ts";
import { ConditionGroup } from "./condition-group.tsx";
import { allComplete, conditionOf, emptyGroup, type Group, groupOf, rowOf, withPart } from "./draft.ts";
import { useT } from "./messages.ts";

type Icons = Readonly<Record<View["icon"], ReactNode>>;
type Look = Pick<View, "name" | "icon" | "hue" | "sort">;

const sorts = ["newest", "activity", "important", "waiting"] as const;

/** How many tickets it would hold: asked again whenever the conditions are others. */
function Preview({ group }: { group: Group }) {
  const t = useT();
  const condition = useDeferredValue(conditionOf(group));
  const { data, error } = useQuery({
    queryKey: ["views", "preview", condition],
    queryFn: ({ signal }) => api.views.count({ body: { condition }, signal }),
    placeholderData: (before) => before,
    staleTime: 10_000,
  });
  const text = error
    ? errorMessage(error)
    : data
      ? t(data.more ? "count.more" : "count", { count: data.count })
      : t("counting");
  return (
    <p role="status" className={cx("text-13 tabular-nums", error ? "text-late" : "text-text-2")}>
      {text}
    </p>
  );
}

function LookChoice({ look, icons, onChange }: { look: Look; icons: Icons; onChange: (look: Look) => void }) {
  const t = useT();
  const group = useId();
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-3">
      <fieldset>
        <legend className="pb-1.5 text-13 font-medium">{t("look")}</legend>
        <div className="flex flex-wrap gap-1">
          {viewIcons.map((icon) => (
            <label
              key={icon}
              className={cx(
                "ring-within grid size-8 cursor-pointer place-items-center rounded-control text-text-2 hover:bg-hover [&_svg]:size-4",
                look.icon === icon && "bg-selected text-accent!",
              )}
            >
              <input
                type="radio"
                name={`${group} icon`}
                aria-label={t(`icon.${icon}`)}
                checked={look.icon === icon}
                onChange={() => onChange({ ...look, icon })}
                className="sr-only"
              />
              {icons[icon]}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend className="pb-1.5 text-13 font-medium">{t("look.hue")}</legend>
        <div className="flex flex-wrap gap-1.5">
          {labelHues
            .filter((hue) => hue !== "grey")
            .map((hue) => (
              <label
                key={hue}
                data-hue={hueOfLabel(hue)}
                className={cx(
                  "hue-dot ring-within size-6 cursor-pointer rounded-full",
                  look.hue === hue ? "outline-2 outline-offset-2 outline-accent" : "",
                )}
              >
                <input
                  type="radio"
                  name={`${group} hue`}
                  aria-label={t(`hue.${hue}`)}
                  checked={look.hue === hue}
                  onChange={() => onChange({ ...look, hue })}
                  className="sr-only"
                />
              </label>
            ))}
        </div>
      </fieldset>
    </div>
  );
}

/** Who will see a new view: oneself, or others where one supervises them. */
function useAudience(): { value: string; label: string }[] {
  const t = useT();
  const me = useMe();
  const projects = useProjects();
  const supervised = projects.filter(({ id }) => hasRole(me, "supervisor", id));
  return [
    { value: "me", label: t("who.me") },
    ...supervised.map(({ id, name }) => ({ value: id, label: t("who.project", { name }) })),
    ...(hasRole(me, "owner") ? [{ value: "all", label: t("who.all") }] : []),
  ];
}

function useSaveView({ view }: EditorInput) {
  const t = useT();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ look, group, who }: { look: Look; group: Group; who: string }) => {
      const body = { ...look, condition: conditionOf(group) };
      if (view)
        return api.views.update({ params: { id: view.id }, body: { ...body, version: view.version } });
      const shared = who !== "me";
      return api.views.create({ body: { ...body, shared, project: shared && who !== "all" ? who : null } });
    },
    onSuccess: ({ id, name }) => {
      refreshViews();
      closeViewEditor();
      toast({ title: t("saved", { name }), tone: "good" });
      void navigate({ to: "/inbox/$view", params: { view: id }, search: {} });
    },
  });
}

/** The editor of one view: its name and look, its conditions as sentences, and how many tickets they hold. */
export function ViewEditor({ input, icons }: { input: EditorInput; icons: Icons }) {
  const t = useT();
  const formId = useId();
  const { view, draft } = input;
  const from = view ?? draft;
  const [look, setLook] = useState<Look>({
    name: from?.name ?? "",
    icon: from?.icon ?? "star",
    hue: from?.hue ?? "teal",
    sort: from?.sort ?? "newest",
  });
  const [group, setGroup] = useState<Group>(() =>
    from?.condition
      ? groupOf(from.condition)
      : { ...emptyGroup(), parts: [{ ...rowOf("phase"), value: ["open"] }] },
  );
  const [who, setWho] = useState("me");
  const [tried, setTried] = useState(false);
  const audience = useAudience();
  const save = useSaveView(input);
  const empty = look.name.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!empty && allComplete(group) && !save.isPending) save.mutate({ look, group, who });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) closeViewEditor();
      }}
      title={view ? t("edit", { name: view.name }) : t("new")}
      closeLabel={t("close")}
      size="lg"
      footer={
        <>
          <Button onClick={closeViewEditor}>{t("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={save.isPending}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-5">
        <Field label={t("name")} error={tried && empty && t("name.empty")} required>
          <TextField
            maxLength={80}
            value={look.name}
            onChange={(event) => setLook({ ...look, name: event.target.value })}
          />
        </Field>
        <ConditionGroup
          group={group}
          problems={view?.problems ?? []}
          tried={tried}
          onChange={setGroup}
          onPart={(key, next) => setGroup(withPart(group, key, next))}
        />
        <Preview group={group} />
        <div className="flex flex-wrap gap-4">
          <Field label={t("sort")} className="min-w-60 flex-1">
            <Select
              options={sorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
              value={look.sort}
              onValueChange={(sort) => setLook({ ...look, sort: sort as View["sort"] })}
            />
          </Field>
          {view || audience.length < 2 ? null : (
            <Field label={t("who")} className="min-w-60 flex-1">
              <Select options={audience} value={who} onValueChange={setWho} />
            </Field>
          )}
        </div>
        <LookChoice look={look} icons={icons} onChange={setLook} />
        {isRefusal(save.error, "version_conflict") ? <ConflictBanner title={t("conflict")} /> : null}
        {save.error && !isRefusal(save.error, "version_conflict") ? (
          <Banner tone="late">{errorMessage(save.error)}</Banner>
        ) : null}
      </form>
    </Dialog>
  );
}
