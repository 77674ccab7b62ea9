import type { Samples } from "./samples.ts";
import type { Place, World } from "./world.ts";

/** An approval asked for by a key, of a ticket of its own: whoever is called may answer it. */
async function freshConfirmation(place: Place, { t, here }: World): Promise<string> {
  if (place !== here) return place.confirmation;
  const ticket = await t.client.tickets.create({
    body: { subject: "Одобрить", body: "…", project: place.project },
  });
  const body = { method: "approval" as const, text: "Вернуть деньги" };
  return (await t.client.confirmations.ask({ params: { id: ticket.id }, body })).confirmation.id;
}

export const confirmations: Samples["confirmations"] = {
  list: (place) => ({ params: { id: place.ticket } }),
  ask: async (place, { t, here }) => {
    const body = { method: "link", text: "Доставить завтра?" };
    if (place !== here) return { params: { id: place.ticket }, body };
    const ticket = await t.client.tickets.create({
      body: { subject: "Спросить", body: "…", project: place.project },
    });
    return { params: { id: ticket.id }, body };
  },
  get: (place) => ({ params: { id: place.confirmation } }),
  answer: async (place, world) => ({
    params: { id: await freshConfirmation(place, world) },
    body: { answer: "confirm" },
  }),
  revoke: async (place, world) => ({ params: { id: await freshConfirmation(place, world) } }),
};
