import { createPublicKey } from "node:crypto";
import { type BodyOf, fromPublicId, type KeySigning, routes, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { HttpVerifyingKey } from "@okno/signing";
import { type Queryable, statement, type Transaction } from "../../platform/database.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import { createSealer, type Sealer } from "../../platform/seal.ts";
import { appendWorkspaceEvent } from "../journal/index.ts";
import { managedKeys, visibleKey } from "./keys.ts";
import type { PeopleDeps } from "./people-deps.ts";

const columns = "g.algorithm, g.material, g.required, g.created_at";
const find = statement(
  "keys.find_signing",
  `select ${columns} from key_signing g where g.workspace_id = $1 and g.key_id = $2`,
);
const findManaged = statement(
  "keys.find_managed_signing",
  `select k.id as key_id, ${columns} from (select * from api_keys where ${visibleKey} and id = $4) k
   left join key_signing g on g.workspace_id = $1 and g.key_id = k.id`,
);
const put = statement(
  "keys.put_signing",
  `insert into key_signing as g (workspace_id, key_id, algorithm, material, required, created_at)
   select $1, id, $5, $6, $7, $8 from api_keys where ${visibleKey} and id = $4
   on conflict (workspace_id, key_id) do update set algorithm = $5, material = $6, required = $7, created_at = $8
   returning ${columns}`,
);
const remove = statement(
  "keys.remove_signing",
  `delete from key_signing g using api_keys k
   where g.workspace_id = $1 and g.key_id = $4 and k.id = g.key_id and k.workspace_id = $1
     and k.id in (select id from api_keys where ${visibleKey} and id = $4)
   returning 1`,
);

type SigningRow = {
  algorithm: "hmac-sha256" | "ed25519";
  material: Buffer;
  required: boolean;
  created_at: Date;
};

const context = (keyId: string) => `key ${keyId}`;

/** Seals the secrets that keys sign with. */
export const signingSealer = (secretKey: string): Sealer => createSealer(secretKey, "request signing");

/** What a key's signatures are verified with; undefined where it does not sign. */
export async function findVerifyingKey(
  db: Queryable,
  sealer: Sealer,
  { workspaceId, keyId }: { workspaceId: string; keyId: string },
): Promise<HttpVerifyingKey | undefined> {
  const [row] = await db.query<SigningRow>(find, [workspaceId, keyId]);
  if (!row) return undefined;
  if (row.algorithm === "ed25519") return { algorithm: "ed25519", publicKey: row.material };
  const secret = Buffer.from(sealer.open(row.material, context(keyId)), "base64");
  return { algorithm: "hmac-sha256", secret };
}

const rawEd25519 = (der: Buffer) => {
  const { crv, x } = createPublicKey({ key: der, format: "der", type: "spki" }).export({ format: "jwk" });
  return crv === "Ed25519" && x ? Buffer.from(x, "base64url") : undefined;
};

/** The 32 bytes of an Ed25519 public key: bare, or in its usual wrappings. */
export function readPublicKey(text: string): Buffer | undefined {
  const bytes = Buffer.from(text.replace(/-----[^-]+-----|\s/gu, ""), "base64");
  if (bytes.length === 32) return bytes;
  try {
    return rawEd25519(bytes);
  } catch {
    return undefined;
  }
}

const wrongKey = (message: string) => refuse("invalid_request", {}, [{ pointer: "/publicKey", message }]);

/** What is stored, and the secret that is answered once. */
function materialOf(
  { algorithm, publicKey }: BodyOf<typeof routes.keySigning.put>,
  sealer: Sealer,
  keyId: string,
): { material: Buffer; secret: string | null } {
  if (algorithm === "hmac-sha256") {
    if (publicKey !== undefined) throw wrongKey("only for ed25519");
    const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64");
    return { material: sealer.seal(secret, context(keyId)), secret };
  }
  if (publicKey === undefined) throw wrongKey("required for ed25519");
  const material = readPublicKey(publicKey);
  if (!material) throw wrongKey("not an Ed25519 public key");
  return { material, secret: null };
}

function present(row: SigningRow): KeySigning {
  return {
    algorithm: row.algorithm,
    required: row.required,
    publicKey: row.algorithm === "ed25519" ? row.material.toString("base64") : null,
    createdAt: row.created_at.toISOString(),
  };
}

export function keySigningBindings(deps: PeopleDeps): Binding[] {
  const { clock } = deps;
  const sealer = signingSealer(deps.secret);

  async function changed(tx: Transaction, { kind, id }: Principal, keyId: string, data: object) {
    await appendWorkspaceEvent(tx, {
      id: newId(clock),
      type: "key.signing_changed",
      projectId: null,
      actor: { kind, id },
      at: clock.now(),
      data: { key: toPublicId("key", keyId), ...data },
    });
    tx.afterCommit(deps.poke);
    tx.afterCommit(() => deps.accessChanged(tx.workspaceId));
  }

  const idOf = (params: { id: string }) => fromPublicId("key", params.id) ?? "";
  return bindTable(routes.keySigning, {
    get: read(async ({ principal, params }, db) => {
      const values = [...managedKeys(principal), idOf(params)];
      const [row] = await db.query<Partial<SigningRow>>(findManaged, values);
      if (!row) throw refuse("not_found");
      return { signing: row.algorithm ? present(row as SigningRow) : null };
    }),
    put: command(async ({ principal, params, body }, tx) => {
      const keyId = idOf(params);
      const { material, secret } = materialOf(body, sealer, keyId);
      const [row] = await tx.query<SigningRow>(put, [
        ...managedKeys(principal),
        keyId,
        body.algorithm,
        material,
        body.required,
        clock.now(),
      ]);
      if (!row) throw refuse("not_found");
      const { algorithm, required } = body;
      await changed(tx, principal, keyId, { algorithm, required });
      return { ...present(row), secret };
    }),
    remove: command(async ({ principal, params }, tx) => {
      const keyId = idOf(params);
      const done = await tx.query(remove, [...managedKeys(principal), keyId]);
      if (done.length === 0) throw refuse("not_found");
      await changed(tx, principal, keyId, { algorithm: null });
    }),
  });
}
