import type { Member, Project } from "@okno/contract";
import { Select } from "@okno/ui";
import { useT } from "./people-messages.ts";

export type Grants = Member["grants"];
const roles = ["operator", "supervisor", "admin"] as const;
type Choice = (typeof roles)[number] | "none";

type Props = { projects: readonly Project[]; grants: Grants; onChange: (grants: Grants) => void };

/** A role, or none, in each project the person may give roles in. Grants elsewhere stay as they are. */
export function GrantsEditor({ projects, grants, onChange }: Props) {
  const t = useT();
  const options = (["none", ...roles] as const).map((value) => ({ value, label: t(`role.${value}`) }));
  const set = (project: string, choice: Choice) => {
    const others = grants.filter((grant) => grant.project !== project);
    onChange(choice === "none" ? others : [...others, { project, role: choice }]);
  };
  return (
    <fieldset className="min-w-0">
      <legend className="pb-1.5 text-13 font-medium">{t("roles")}</legend>
      <ul className="divide-y divide-line rounded-control border">
        {projects.map(({ id, name }) => (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1.5 pr-1.5 pl-3"
          >
            <span className="min-w-0 flex-1 basis-32 text-14 [overflow-wrap:anywhere]">{name}</span>
            <div className="w-40">
              <Select
                size="sm"
                aria-label={t("role", { project: name })}
                options={options}
                value={grants.find((grant) => grant.project === id)?.role ?? "none"}
                onValueChange={(value) => set(id, value as Choice)}
              />
            </div>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
