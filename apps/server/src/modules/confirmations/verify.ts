import { type Queryable, statement } from "../../platform/database.ts";
import { chainStart, hashOf, linkHash } from "./chain.ts";

const findDemand = statement(
  "confirmations.find_chain",
  `select status, subject_version, snapshot, snapshot_hash, answers, needed, links, head from confirmations
   where workspace_id = $1 and id = $2`,
);
const listLinks = statement(
  "confirmations.list_chain",
  `select seq, kind, actor_kind, actor_id, body, personal, prev_hash, hash from confirmation_evidence
   where workspace_id = $1 and confirmation_id = $2 order by seq`,
);

type Demand = {
  status: string;
  subject_version: number;
  snapshot: unknown;
  snapshot_hash: Buffer;
  answers: number;
  needed: number;
  links: number;
  head: Buffer;
};
type Link = {
  seq: number;
  kind: string;
  actor_kind: string;
  actor_id: string | null;
  body: string;
  personal: unknown;
  prev_hash: Buffer;
  hash: Buffer;
};
type Body = {
  kind: string;
  actor: { kind: string; id: string | null };
  facts: { hash?: string; version?: number; answer?: string };
  personal?: string;
};

export type ChainVerdict = { ok: true; links: number } | { ok: false; at: number; why: string };

function faultOfLink(link: Link, id: string, previous: Buffer, place: number): string | undefined {
  if (link.seq !== place) return "a link is missing";
  if (!link.prev_hash.equals(previous)) return "the previous hash is another";
  if (!linkHash(previous, id, place, link.body).equals(link.hash)) return "the body was changed";
  const body = JSON.parse(link.body) as Body;
  const { kind, actor } = body;
  if (kind !== link.kind || actor.kind !== link.actor_kind || actor.id !== link.actor_id)
    return "the columns do not say what the body says";
  // Erased is allowed, exchanged is not.
  if (link.personal !== null && hashOf(link.personal).toString("hex") !== body.personal)
    return "what stands beside was exchanged";
  return undefined;
}

function faultOfDemand(demand: Demand, links: readonly Link[]): string | undefined {
  const bodies = links.map(({ body }) => JSON.parse(body) as Body);
  const shown = demand.snapshot_hash.toString("hex");
  if (hashOf(demand.snapshot).toString("hex") !== shown) return "the snapshot was changed";
  const issued = bodies[0]?.facts;
  if (issued?.hash !== shown || issued.version !== demand.subject_version)
    return "another snapshot was shown";
  const yes = bodies.filter(({ kind, facts }) => kind === "answered" && facts.answer === "confirm").length;
  if (demand.answers !== yes) return "the answers were not given";
  if (demand.status === "confirmed" && yes < demand.needed) return "nobody confirmed it";
  const last = bodies.at(-1);
  const refused = last?.kind === "answered" && last.facts.answer === "refuse";
  if (demand.status === "refused" && !refused) return "nobody refused it";
  return undefined;
}

/** Walks the evidence of a demand: was anything changed, exchanged, or cut off? */
export async function verifyEvidence(db: Queryable, workspaceId: string, id: string): Promise<ChainVerdict> {
  const [[demand], links] = await Promise.all([
    db.query<Demand>(findDemand, [workspaceId, id]),
    db.query<Link>(listLinks, [workspaceId, id]),
  ]);
  if (!demand) return { ok: false, at: 0, why: "there is no such confirmation" };
  let previous: Buffer = chainStart;
  for (const [index, link] of links.entries()) {
    const why = faultOfLink(link, id, previous, index + 1);
    if (why) return { ok: false, at: index + 1, why };
    previous = link.hash;
  }
  if (demand.links !== links.length || !demand.head.equals(previous))
    return { ok: false, at: links.length + 1, why: "the end of the chain is missing" };
  const why = faultOfDemand(demand, links);
  return why ? { ok: false, at: 0, why } : { ok: true, links: links.length };
}
