import { toPublicId } from "@okno/contract";
import type { KindDemo, KindPorts } from "@okno/kit";
import { equalDigests } from "@okno/signing";
import { firstMethods } from "./api/desks.ts";
import { createDesk, deskByLogin, saltsOf, secretDigest } from "./core/desks.ts";
import { fundDesk } from "./core/ledger.ts";
import { furnishPayouts } from "./demo-payouts.ts";
import { methodOf } from "./methods.ts";
import { parseMinor } from "./money/decimal.ts";

/** Known to everybody, as the demo's passwords are: they open a sandbox, in a workspace of invented firms. */
const credentials = {
  number: 100_000_001,
  login: "demo",
  secret: "demo-secret-that-opens-a-sandbox",
  salt: "demo-salt-that-signs-in-a-sandbox",
};

const funds: Readonly<Record<string, string>> = {
  SBP: "5000000",
  CARDRUB: "2000000",
  TEST: "1000000",
  USDTTRC: "50000",
  BITCOIN: "2",
  ETHEREUM: "40",
};

/** The demo's sandbox desk, with funds on it: what the guides for integrators let everybody use. */
export function payoutDemo(ports: KindPorts): KindDemo {
  return {
    async furnish(tx, { projectId }) {
      // Logins are one installation's: a second demo beside the first has no desk.
      if (await deskByLogin(ports, credentials.login)) return;
      const { desk } = await createDesk(
        ports,
        tx,
        {
          projectId,
          name: "Песочница для интеграций",
          mode: "sandbox",
          methods: firstMethods("sandbox"),
          credentials,
        },
        { kind: "system", id: null },
      );
      for (const [method, sum] of Object.entries(funds)) {
        const parsed = parseMinor(sum, methodOf(method)?.precision ?? 0);
        if (!parsed.ok) throw new RangeError(`${method}: ${sum} is ${parsed.why}`);
        const posting = { id: ports.newId(), amount: parsed.minor, at: ports.clock.now() };
        await fundDesk(tx, { workspaceId: tx.workspaceId, deskId: desk.id, method }, posting);
      }
      await furnishPayouts(ports, tx, desk);
    },
    async access(workspaceId) {
      const { login, secret, salt } = credentials;
      const desk = await deskByLogin(ports, login);
      const inForce =
        desk?.workspace_id === workspaceId &&
        desk.mode === "sandbox" &&
        desk.disabled_at === null &&
        equalDigests(desk.secret_digest, secretDigest(secret)) &&
        saltsOf(ports, desk)[0] === salt;
      return inForce ? { login, secret, salt, desk: toPublicId("desk", desk.id) } : undefined;
    },
  };
}
