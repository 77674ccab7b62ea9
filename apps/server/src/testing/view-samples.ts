import type { Samples } from "./samples.ts";
import { cookieOf, type Place, type World } from "./world.ts";

let made = 0;
const fresh = (word: string) => `${word} ${++made}`;

/** Good calls of the routes by which tickets are looked at. */
export const looking: Pick<Samples, "views" | "reports"> = {
  views: {
    list: () => ({}),
    counts: () => ({}),
    count: () => ({ body: { condition: { all: [{ field: "phase", op: "is", value: ["open"] }] } } }),
    get: (place) => ({ params: { id: place.view } }),
    create: (place) => ({
      body: { name: fresh("Вид"), condition: { all: [] }, shared: true, project: place.project },
    }),
    update: (place) => ({ params: { id: place.view }, body: { hue: "red" } }),
    delete: async (place, world) => ({ params: { id: await viewUpon(place, world) } }),
    restore: async (place, world) => {
      const id = await viewUpon(place, world);
      if (place === world.here) await world.t.client.views.delete({ params: { id } });
      return { params: { id } };
    },
    arrange: async (place, world) => ({
      body: { order: [place.view], hidden: [] },
      by: cookieOf(await world.newPerson()),
    }),
  },
  reports: { unanswered: () => ({}) },
};

/** A view to be deleted in the first place; the view that is there in the others. */
async function viewUpon(place: Place, { t, here }: World): Promise<string> {
  if (place !== here) return place.view;
  const body = { name: fresh("Вид"), condition: { all: [] }, shared: true, project: place.project };
  return (await t.client.views.create({ body })).id;
}
