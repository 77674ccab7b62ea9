import { codeOfApp, type Enrolled, enrolApp } from "./one-time-codes.ts";
import { testPassword } from "./people.ts";
import { type Caller, cookieOf, type Place, type World } from "./world.ts";

async function enrolled({ newPerson, t }: World): Promise<Enrolled & { by: Caller; code: string }> {
  const person = await newPerson();
  const app = await enrolApp(person, t.clock);
  return { ...app, by: cookieOf(person), code: codeOfApp(app.secret, t.clock, 1) };
}

const byCode = async (_place: Place, world: World) => {
  const { by, code } = await enrolled(world);
  return { by, body: { code } };
};

/** Each by a person of its own: a code is taken once, an app is set up once. */
export const stepUpSamples = {
  get: () => ({}),
  begin: async (_place: Place, { newPerson }: World) => ({
    by: cookieOf(await newPerson()),
    body: { password: testPassword },
  }),
  enrol: async (_place: Place, { newPerson, t }: World) => {
    const person = await newPerson();
    const { secret } = await person.client.stepUp.begin({ body: { password: testPassword } });
    return { by: cookieOf(person), body: { code: codeOfApp(secret, t.clock) } };
  },
  prove: byCode,
  renew: byCode,
  remove: byCode,
};
