import type { Samples } from "./samples.ts";
import { cookieOf, type World } from "./world.ts";

let made = 0;
const fresh = (word: string) => `${word} ${++made}`;

export const session: Samples["session"] = {
  signIn: async (_place, world) => ({
    body: { email: (await world.newPerson()).email, password: "correct horse battery" },
  }),
  me: () => ({}),
  list: () => ({}),
  signOut: async (_place, world) => ({ by: cookieOf(await world.newPerson()) }),
  revoke: async (place, world) => {
    if (place !== world.here) return { params: { id: place.session } };
    const person = await world.newPerson();
    const { session: id } = await person.client.session.me();
    return { params: { id }, by: cookieOf(person) };
  },
  updateMe: () => ({ body: { theme: "dark" } }),
  changePassword: async (_place, world) => ({
    body: { current: "correct horse battery", next: "another horse battery" },
    by: cookieOf(await world.newPerson()),
  }),
  checkLink: async (_place, world) => ({ body: { token: (await freshLink(world)).token } }),
  useLink: async (_place, world) => ({
    body: { ...(await freshLink(world)), name: "Новая", password: "correct horse battery" },
  }),
};

async function freshLink({ t }: World): Promise<{ token: string; email: string }> {
  const email = `${fresh("invited").replace(" ", "")}@example.com`;
  const { link } = await t.client.members.invite({ body: { name: "Гость", email } });
  return { token: link.url.split("#")[1] ?? "", email };
}

const publicKey = Buffer.alloc(32, 9).toString("base64");

export const people: Pick<Samples, "members" | "keys" | "keySigning"> = {
  members: {
    list: () => ({}),
    invite: (place) => ({
      body: {
        name: "Новый",
        email: `${fresh("hire").replace(" ", "")}@example.com`,
        grants: [{ project: place.project, role: "operator" }],
      },
    }),
    update: (place) => ({ params: { id: place.member }, body: { name: fresh("Имя") } }),
    link: (place) => ({ params: { id: place.member } }),
  },
  keys: {
    list: () => ({}),
    create: (place) => ({
      body: { name: fresh("Ключ"), scopes: ["tickets:read"], projects: [place.project] },
    }),
    revoke: async (place, { t, here }) => {
      if (place !== here) return { params: { id: place.key } };
      const body = { name: fresh("Ключ"), scopes: ["tickets:read" as const], projects: [place.project] };
      return { params: { id: (await t.client.keys.create({ body })).key.id } };
    },
  },
  keySigning: {
    get: (place) => ({ params: { id: place.key } }),
    put: (place) => ({
      params: { id: place.key },
      body: { algorithm: "ed25519", publicKey, required: false },
    }),
    remove: async (place, { t, here }) => {
      if (place !== here) return { params: { id: place.key } };
      const body = { name: fresh("Ключ"), scopes: ["tickets:read" as const], projects: [place.project] };
      const params = { id: (await t.client.keys.create({ body })).key.id };
      await t.client.keySigning.put({ params, body: { algorithm: "ed25519", publicKey, required: false } });
      return { params };
    },
  },
};
