import type { KindPorts } from "@okno/kit";
import { equalDigests, verifyCompat } from "@okno/signing";
import { type Desk, deskById, saltsOf, secretDigest } from "../core/desks.ts";
import { findPlace, type Place } from "./queries.ts";

const mostPlaces = 20_000;
const nowhere: Place = {
  workspace_id: "00000000-0000-0000-0000-000000000000",
  desk_id: "00000000-0000-0000-0000-000000000000",
};
const nobodysDigest = secretDigest("nobody's");
const nobodysSalts = ["nobody's salt"];

export type Credentials = { login: string; secret: string };
/** `signed`: with a wrong secret, whether the signature that came with it was right: somebody has seen one of the desk's callbacks. */
export type Authenticated =
  | { ok: true; desk: Desk }
  | { ok: false; workspaceId: string; deskId: string | null; signed: boolean };

export type Authenticator = (
  credentials: Credentials,
  given: { id: string; signature: string },
) => Promise<Authenticated>;

/**
 * Who a login and secret stand for. A login's place never changes, so it is remembered; the desk itself is read every time. Whoever is
 * refused has waited for the same two look-ups and the same comparisons, whether the login exists or not.
 */
export function createAuthenticator(ports: KindPorts): Authenticator {
  const places = new Map<string, Place>();

  async function placeOf(login: string): Promise<{ place: Place | undefined; remembered: boolean }> {
    const known = places.get(login);
    if (known) return { place: known, remembered: true };
    const place = await findPlace(ports.db.system, login);
    if (place) {
      const [oldest] = places.size >= mostPlaces ? places.keys() : [];
      if (oldest !== undefined) places.delete(oldest);
      places.set(login, place);
    }
    return { place, remembered: false };
  }

  return async ({ login, secret }, { id, signature }) => {
    const { place, remembered } = await placeOf(login);
    const { workspace_id: workspaceId, desk_id: deskId } = place ?? nowhere;
    const desk = await deskById(ports.db.in(workspaceId), workspaceId, deskId);
    const right = equalDigests(desk?.secret_digest ?? nobodysDigest, secretDigest(secret));
    if (desk && right) return { ok: true, desk };
    if (remembered) await findPlace(ports.db.system, login);
    const { ok: signed } = verifyCompat([[id]], desk ? saltsOf(ports, desk) : nobodysSalts, signature);
    return {
      ok: false,
      workspaceId,
      deskId: desk?.id ?? null,
      signed: signed && desk !== undefined && id !== "",
    };
  };
}
