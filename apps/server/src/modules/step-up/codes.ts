import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { createSealer } from "../../platform/seal.ts";

const periodSeconds = 30;
/** Clocks of phones are off by this many steps, either way. */
const drift = 1;
const recoveryCodes = 10;
const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const stepOf = (now: Date) => Math.floor(now.getTime() / 1000 / periodSeconds);
const totpOf = (secret: string, label = "") =>
  new TOTP({
    issuer: "Okno",
    label,
    algorithm: "SHA1",
    digits: 6,
    period: periodSeconds,
    secret: Secret.fromBase32(secret),
  });

const sameText = (left: string, right: string) => {
  const [a, b] = [left, right].map((text) => createHmac("sha256", "compare").update(text).digest()) as [
    Buffer,
    Buffer,
  ];
  return timingSafeEqual(a, b);
};

/** 160 bits, as the standard asks. */
export const newTotpSecret = () => new Secret({ size: 20 }).base32;

/** What an app reads from a QR code. */
export const totpUri = (secret: string, label: string) => totpOf(secret, label).toString();

/**
 * The step that a code belongs to, if it is one of now and later than `lastStep`. Every candidate is compared, each in constant time.
 */
export function stepOfCode(secret: string, code: string, now: Date, lastStep: number): number | undefined {
  const totp = totpOf(secret);
  const current = stepOf(now);
  const candidates = Array.from({ length: 2 * drift + 1 }, (_, index) => current - drift + index);
  const right = candidates.filter((step) =>
    sameText(totp.generate({ timestamp: step * periodSeconds * 1000 }), code),
  );
  return right.find((step) => step > lastStep);
}

/** Ten letters and digits that are not mistaken for one another: 50 bits. */
function newRecoveryCode(): string {
  return [...randomBytes(10)].map((byte) => base32[byte % 32]).join("");
}

/** Keys of their own for secrets and recovery codes, made from the installation's. */
export function createCodeKeys(secretKey: string) {
  const key = Buffer.from(hkdfSync("sha256", secretKey, "okno", "recovery codes", 32));
  const digest = (memberId: string, code: string) =>
    createHmac("sha256", key).update(`${memberId} ${code}`).digest();
  const sealer = createSealer(secretKey, "totp secrets");
  const contextOf = (memberId: string) => `totp ${memberId}`;
  return {
    seal: (memberId: string, secret: string) => sealer.seal(secret, contextOf(memberId)),
    open: (memberId: string, sealed: Buffer) => sealer.open(sealed, contextOf(memberId)),
    newRecoveryCodes: () => Array.from({ length: recoveryCodes }, newRecoveryCode),
    digest,
    /** The digest among these that is the code's; each is compared, in constant time. */
    matching(memberId: string, code: string, digests: readonly Buffer[]): Buffer | undefined {
      const wanted = digest(memberId, code);
      return digests.filter((each) => each.length === wanted.length && timingSafeEqual(each, wanted))[0];
    },
  };
}
export type CodeKeys = ReturnType<typeof createCodeKeys>;

/** How a recovery code is shown: in two halves. */
export const shownRecoveryCode = (code: string) => `${code.slice(0, 5)}-${code.slice(5)}`;
