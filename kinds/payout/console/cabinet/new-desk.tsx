import { Field, RadioGroup, Select, TextField } from "@okno/ui";
import { useState } from "react";
import { payoutDeskRoutes } from "../../contract.ts";
import { FormDialog } from "../bits.tsx";
import { host } from "../host.ts";
import { useT as useCommonT } from "../messages.ts";
import { useSave } from "../use-save.ts";
import { useT } from "./messages.ts";
import { Once } from "./once.tsx";

type Mode = "sandbox" | "live";

/** A new desk; then its secrets, this once, and on to its page. */
export function NewDesk({ onClose }: { onClose: () => void }) {
  const t = useT();
  const common = useCommonT();
  const go = host.useGo();
  const me = host.useMe();
  const projects = host.useProjects().filter(({ id }) => host.hasRole(me, "admin", id));
  const [name, setName] = useState("");
  const [mode, setMode] = useState<Mode>("sandbox");
  const [project, setProject] = useState<string>();
  const [tried, setTried] = useState(false);
  const chosen = project ?? projects[0]?.id;
  const create = useSave(() =>
    host.call(payoutDeskRoutes.create, {
      body: { name: name.trim(), mode, ...(chosen && { project: chosen }) },
    }),
  );
  const empty = name.trim() === "";
  if (create.data) {
    const { id, login, secret, salt } = create.data;
    return (
      <Once
        values={[
          { label: t("login"), value: login },
          { label: t("secret"), value: secret },
          { label: t("salt"), value: salt },
        ]}
        onClose={() => {
          onClose();
          go(`/payouts/${id}`);
        }}
      />
    );
  }
  return (
    <FormDialog
      title={t("desk.new")}
      submitLabel={t("desk.create")}
      busy={create.isPending}
      error={create.error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (!empty) create.mutate(undefined);
      }}
    >
      <Field label={t("desk.name")} error={tried && empty && t("desk.name.empty")} required>
        <TextField maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <RadioGroup
        label={t("desk.mode")}
        value={mode}
        onValueChange={(next) => setMode(next as Mode)}
        options={(["sandbox", "live"] as const).map((value) => ({
          value,
          label: common(`mode.${value}`),
          hint: t(`desk.mode.${value}`),
        }))}
      />
      {projects.length > 1 ? (
        <Field label={t("desk.project")}>
          <Select
            options={projects.map(({ id, name: label }) => ({ value: id, label }))}
            value={chosen}
            onValueChange={setProject}
          />
        </Field>
      ) : null}
    </FormDialog>
  );
}
