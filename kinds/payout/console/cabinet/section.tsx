import { host } from "../host.ts";
import { usePayoutsLive } from "../live.ts";
import { DeskPage } from "./desk.tsx";
import { Desks } from "./desks.tsx";
import { PayoutPage } from "./payout-page.tsx";
import { Rates } from "./rates.tsx";

/** `/payouts`, `/payouts/rates`, `/payouts/{desk}/{tab}`, `/payouts/{desk}/{payout}`. */
export function Section() {
  const { path } = host.usePlace();
  usePayoutsLive();
  const [, , place, within] = path.split("/");
  if (!place) return <Desks />;
  if (place === "rates") return <Rates />;
  if (within?.startsWith("pay_")) return <PayoutPage key={within} desk={place} id={within} />;
  return <DeskPage key={place} id={place} tab={within} />;
}
