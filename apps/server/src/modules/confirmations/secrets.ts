import { createHmac, hkdfSync, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import { createSealer, type Sealer } from "../../platform/seal.ts";

/** Stands where a secret was, in what members may read; the customer's side of the conversation shows the secret in its place. */
export const mask = "••••••";

/** What a code is bound to: it is right for nothing else. */
export type CodeBond = {
  confirmationId: string;
  contactId: string | null;
  identityId: string | null;
  purpose: string;
  subjectVersion: number;
};

/** What a form shows, and what its sending therefore answers. */
export type ShownForm = { confirmationId: string; subjectVersion: number; snapshotHash: Buffer };

export type ConfirmationSecrets = {
  sealer: Sealer;
  newCode(): string;
  codeHash(code: string, bond: CodeBond): Buffer;
  /** In constant time. */
  isCode(code: string, bond: CodeBond, hash: Buffer): boolean;
  /** A form's own token: no two are alike, and it is good for what was shown alone. */
  newForm(shown: ShownForm): string;
  /** The nonce of a form that showed exactly this; undefined for any other. */
  nonceOf(form: string, shown: ShownForm): Buffer | undefined;
};

const nonceBytes = 16;

/** Keys of their own for sealing, codes and forms, made from the installation's. */
export function createConfirmationSecrets(secretKey: string): ConfirmationSecrets {
  const keyFor = (purpose: string) =>
    Buffer.from(hkdfSync("sha256", secretKey, "okno", `confirmation ${purpose}`, 32));
  const [codeKey, formKey] = [keyFor("codes"), keyFor("forms")];
  const codeHash = (code: string, bond: CodeBond) => {
    const { confirmationId, contactId, identityId, purpose, subjectVersion } = bond;
    const text = JSON.stringify([confirmationId, contactId, identityId, purpose, subjectVersion, code]);
    return createHmac("sha256", codeKey).update(text).digest();
  };
  const formMac = (nonce: Buffer, { confirmationId, subjectVersion, snapshotHash }: ShownForm) =>
    createHmac("sha256", formKey)
      .update(nonce)
      .update(`${confirmationId} ${subjectVersion} ${snapshotHash.toString("hex")}`)
      .digest();
  return {
    sealer: createSealer(secretKey, "confirmation secrets"),
    newCode: () => String(randomInt(1_000_000)).padStart(6, "0"),
    codeHash,
    isCode: (code, bond, hash) => timingSafeEqual(codeHash(code, bond), hash),
    newForm(shown) {
      const nonce = randomBytes(nonceBytes);
      return Buffer.concat([nonce, formMac(nonce, shown)]).toString("base64url");
    },
    nonceOf(form, shown) {
      const bytes = Buffer.from(form, "base64url");
      const nonce = bytes.subarray(0, nonceBytes);
      const right = formMac(nonce, shown);
      const given = bytes.subarray(nonceBytes);
      return given.length === right.length && timingSafeEqual(given, right) ? nonce : undefined;
    },
  };
}
