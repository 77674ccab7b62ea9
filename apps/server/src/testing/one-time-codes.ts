import { Secret, TOTP } from "otpauth";
import { type Person, testPassword } from "./people.ts";
import type { TestClock } from "./test-clock.ts";

/** The code an app shows; `ahead`: of a later step, which a phone whose clock is fast would show now. */
export function codeOfApp(secret: string, clock: Pick<TestClock, "now">, ahead = 0): string {
  const totp = new TOTP({ algorithm: "SHA1", digits: 6, period: 30, secret: Secret.fromBase32(secret) });
  return totp.generate({ timestamp: clock.now().getTime() + ahead * 30_000 });
}

export type Enrolled = { secret: string; recoveryCodes: string[] };

/** Sets up one-time codes for a person. The code of this step is spent by it. */
export async function enrolApp(
  { client }: Pick<Person, "client">,
  clock: Pick<TestClock, "now">,
): Promise<Enrolled> {
  const { secret } = await client.stepUp.begin({ body: { password: testPassword } });
  const { recoveryCodes } = await client.stepUp.enrol({ body: { code: codeOfApp(secret, clock) } });
  return { secret, recoveryCodes };
}
