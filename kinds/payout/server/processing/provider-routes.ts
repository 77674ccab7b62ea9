import { fromPublicId, toPublicId } from "@okno/contract";
import {
  type KindBinding,
  type KindCall,
  type KindPorts,
  type Queryable,
  refuse,
  requireRole,
  type Transaction,
} from "@okno/kit";
import { type PayoutProvider, payoutProviderRoutes as routes } from "../../provider-contract.ts";
import type { PayoutDeps } from "../core/deps.ts";
import { type Desk, deskById } from "../core/desks.ts";
import { type Provider, providerOfDesk, removeProvider, setProvider } from "./providers.ts";

type DeskCall = Pick<KindCall<typeof routes.get>, "params" | "principal">;

/** @throws not_found, forbidden */
async function deskOf(db: Queryable, { params, principal }: DeskCall): Promise<Desk> {
  const id = fromPublicId("desk", params.id);
  const desk = id && (await deskById(db, principal.workspaceId, id));
  if (!desk) throw refuse("not_found");
  requireRole(principal, desk.project_id, "admin");
  return desk;
}

function present({ desk_id, url, status_url, key, created_at }: Provider): PayoutProvider {
  return {
    desk: toPublicId("desk", desk_id),
    url,
    statusUrl: status_url,
    callBackPath: `/in/payout-provider/${key}`,
    createdAt: created_at.toISOString(),
  };
}

/** @throws unknown_reference for an address that is never called */
function requireAddresses({ outgoing }: KindPorts, addresses: Record<string, string>): void {
  for (const [field, address] of Object.entries(addresses)) {
    // The placeholder stands for the key, which is letters and digits.
    const why = outgoing.problem(address.replace("{key}", "key"));
    if (why) throw refuse("unknown_reference", { field, why });
  }
}

function tellChanged(
  { tell }: KindPorts,
  tx: Transaction,
  desk: Desk,
  { principal }: DeskCall,
  provider: string,
) {
  return tell(tx, {
    type: "payout_desk.changed",
    projectId: desk.project_id,
    actor: { kind: principal.kind, id: principal.id },
    data: { desk: toPublicId("desk", desk.id), provider },
  });
}

async function set(ports: KindPorts, call: KindCall<typeof routes.set>, tx: Transaction) {
  const desk = await deskOf(tx, call);
  // A sandbox desk moves no money, whatever it is told.
  if (desk.mode === "sandbox") throw refuse("forbidden", { mode: desk.mode });
  const { url, statusUrl } = call.body;
  requireAddresses(ports, { url, statusUrl });
  const { provider, secret } = await setProvider(ports, tx, { deskId: desk.id, url, statusUrl });
  await tellChanged(ports, tx, desk, call, "set");
  const shown = present(provider);
  return { answer: { ...shown, secret }, reference: { desk: shown.desk } };
}

async function remove(
  ports: KindPorts,
  call: KindCall<typeof routes.remove>,
  tx: Transaction,
): Promise<void> {
  const desk = await deskOf(tx, call);
  if (!(await removeProvider(ports, tx, desk.id))) throw refuse("not_found");
  await tellChanged(ports, tx, desk, call, "removed");
}

/** The outside provider of a desk: seen, set and taken away by who administers its project. */
export function providerBindings({ ports }: PayoutDeps): KindBinding[] {
  const get: KindBinding<typeof routes.get> = {
    route: routes.get,
    mode: "read",
    async run(call, db) {
      const desk = await deskOf(db, call);
      const provider = await providerOfDesk(db, desk.workspace_id, desk.id);
      if (!provider) throw refuse("not_found");
      return present(provider);
    },
  };
  const setting: KindBinding<typeof routes.set> = {
    route: routes.set,
    mode: "secret",
    run: (call, tx) => set(ports, call, tx),
  };
  const removing: KindBinding<typeof routes.remove> = {
    route: routes.remove,
    mode: "command",
    run: (call, tx) => remove(ports, call, tx),
  };
  return [get, setting, removing] as KindBinding[];
}
