import type { KindConfirmations, KindDemo, KindPorts, KindServer } from "@okno/kit";
import type { Binding } from "../../platform/http/binding.ts";
import type { JobHandler } from "../../platform/jobs.ts";
import { kindBindings } from "./bindings.ts";
import { createKindPorts, type KindDeps } from "./ports.ts";

/** What the server halves of all kinds bring, with their ports given to them. */
export type KindHalves = {
  /** What each kind was lent, by its id. */
  ports: ReadonlyMap<string, KindPorts>;
  bindings: Binding[];
  jobs: JobHandler[];
  schedules: { pattern: string; name: string; run(): Promise<void> }[];
  demos: KindDemo[];
  /** By the kind's id. */
  confirmations: ReadonlyMap<string, KindConfirmations>;
};

export function joinKinds(servers: readonly KindServer[], deps: KindDeps): KindHalves {
  const halves = servers.map((server) => ({ server, ports: createKindPorts(deps, server.manifest.id) }));
  return {
    ports: new Map(halves.map(({ server, ports }) => [server.manifest.id, ports])),
    bindings: kindBindings(
      deps,
      halves.flatMap(({ server, ports }) => server.bindings?.(ports) ?? []),
    ),
    jobs: halves.flatMap(({ server, ports }) => server.jobs?.(ports) ?? []),
    schedules: halves.flatMap(({ server, ports }) => [...(server.schedules?.(ports) ?? [])]),
    demos: halves.flatMap(({ server, ports }) => server.demo?.(ports) ?? []),
    confirmations: new Map(
      halves.flatMap(({ server, ports }) => {
        const part = server.confirmations?.(ports);
        return part ? [[server.manifest.id, part] as const] : [];
      }),
    ),
  };
}
