import { createECDH, hkdfSync } from "node:crypto";

/**
 * The key pair by which push services know this installation (VAPID, RFC 8292), made from the installation's secret: every process has the
 * same, and nothing needs to be stored. With another secret browsers have to subscribe anew. Both as unpadded base64url.
 */
export type Vapid = { publicKey: string; privateKey: string };

const scalarBytes = 32;

export function createVapid(secretKey: string): Vapid {
  const pair = createECDH("prime256v1");
  for (let attempt = 0; ; attempt++) {
    const scalar = Buffer.from(hkdfSync("sha256", secretKey, "okno", `push ${attempt}`, scalarBytes));
    try {
      pair.setPrivateKey(scalar);
    } catch {
      // One number in 2^32 is no scalar of the curve; the next one is.
      continue;
    }
    return { publicKey: pair.getPublicKey("base64url"), privateKey: scalar.toString("base64url") };
  }
}
