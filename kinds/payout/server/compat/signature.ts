import { amountSpellings, verifyCompat } from "@okno/signing";
import { saltsOf } from "../core/desks.ts";
import { JsonNumber } from "../lossless.ts";
import type { CompatCall } from "./context.ts";
import { no } from "./refusal.ts";

/** By which of the desk's salts a call was signed: kept as evidence. */
export type SignedBy = { salt: "current" | "former" };

function verify(
  { deps, desk }: CompatCall,
  candidates: readonly (readonly string[])[],
  signature: string,
): SignedBy & { candidate: number } {
  const verdict = verifyCompat(candidates, saltsOf(deps.ports, desk), signature);
  if (!verdict.ok) throw no("`signature` is wrong");
  return { candidate: verdict.candidate, salt: verdict.salt === 0 ? "current" : "former" };
}

/** `id:salt`. @throws CompatRefusal */
export function requireIdSignature(call: CompatCall, id: string, signature: string): SignedBy {
  const { salt } = verify(call, [[id]], signature);
  return { salt };
}

/**
 * `amount:method:wallet:salt`, where the amount is signed as any language would write the number that stands in the body.
 * @throws CompatRefusal
 */
export function requireCreateSignature(
  call: CompatCall,
  { amount, method, wallet }: { amount: JsonNumber | string; method: string; wallet: string },
  signature: string,
): SignedBy {
  const spellings = amountSpellings(amount instanceof JsonNumber ? amount.lexeme : { string: amount });
  const { candidate, salt } = verify(
    call,
    spellings.map(({ text }) => [text, method, wallet]),
    signature,
  );
  const form = spellings[candidate]?.form;
  if (form !== "raw" && form !== "text")
    call.deps.ports.log.info(
      { desk: call.desk.id, form },
      "a payoff's amount was signed in another spelling",
    );
  return { salt };
}
