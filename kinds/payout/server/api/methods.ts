import type { BodyOf } from "@okno/contract";
import { type KindPorts, refuse } from "@okno/kit";
import type { payoutDeskRoutes } from "../../contract.ts";
import { type Desk, type DeskMethod, listDeskMethods } from "../core/desks.ts";
import { payoutMethods } from "../methods.ts";
import { parseMinor } from "../money/decimal.ts";
import { processorNames } from "../processing/processors.ts";
import { deskFor, expectedVersion, needs } from "./access.ts";
import { command, read } from "./bind.ts";
import { type MethodChange, updateMethod } from "./desk-queries.ts";
import { tellDesk } from "./events.ts";
import { presentMethod } from "./present.ts";

type Tables = typeof payoutDeskRoutes;
type Body = BodyOf<Tables["updateMethod"]>;

const wrong = (field: string, message: string) =>
  refuse("invalid_request", {}, [{ pointer: `/${field}`, message }]);

/** A sum of the method in minor units. @throws invalid_request */
function minorOf(body: Body, field: "fixed" | "smallest" | "largest", precision: number): bigint | undefined {
  const text = body[field];
  if (text === undefined) return undefined;
  const parsed = parseMinor(text, precision, { zeroAllowed: field === "fixed" });
  if (parsed.ok) return parsed.minor;
  const too =
    parsed.why === "too_precise" ? `at most ${precision} decimals` : parsed.why.replaceAll("_", " ");
  throw wrong(field, too);
}

function requireProcessor(desk: Desk, processor: string | undefined): void {
  const known: readonly string[] = processorNames[desk.mode];
  if (processor === undefined || known.includes(processor)) return;
  const message = `a ${desk.mode} desk has: ${known.join(", ")}`;
  throw refuse("unknown_reference", {}, [{ pointer: "/processor", message }]);
}

/** What may be changed, checked. @throws invalid_request, unknown_reference */
function changeOf(desk: Desk, current: DeskMethod, body: Body): MethodChange {
  const precision = payoutMethods.get(current.method)?.precision ?? 0;
  const { enabled, percent, processor } = body;
  if (percent !== undefined && Number(percent) >= 100) throw wrong("percent", "below 100");
  const smallest = minorOf(body, "smallest", precision);
  const largest = minorOf(body, "largest", precision);
  if ((largest ?? BigInt(current.largest)) < (smallest ?? BigInt(current.smallest)))
    throw wrong(largest === undefined ? "smallest" : "largest", "the largest amount is below the smallest");
  requireProcessor(desk, processor);
  return { enabled, percent, processor, smallest, largest, fixed: minorOf(body, "fixed", precision) };
}

export function methodOperations(ports: KindPorts) {
  return {
    methods: read<Tables["methods"]>(async ({ principal, params }, db) => {
      const desk = await deskFor(db, principal, params.id, needs.see);
      return { data: (await listDeskMethods(db, desk.workspace_id, desk.id)).map(presentMethod) };
    }),
    updateMethod: command<Tables["updateMethod"]>(async ({ principal, params, body, headers }, tx) => {
      const desk = await deskFor(tx, principal, params.id, needs.settle);
      const methods = await listDeskMethods(tx, desk.workspace_id, desk.id);
      const current = methods.find(({ method }) => method === params.method);
      if (!current) throw refuse("not_found");
      const change = changeOf(desk, current, body);
      const changed = await updateMethod(
        tx,
        desk,
        current.method,
        change,
        // Its bounds were checked together: they must still be what they were then.
        expectedVersion({ body, headers }) ?? current.version,
      );
      if (!changed) throw refuse("version_conflict", { version: current.version });
      const { version: _, ...fields } = body;
      await tellDesk(ports, tx, principal, desk, {
        method: current.method,
        changed: Object.keys(fields).sort(),
      });
      return presentMethod(changed);
    }),
  };
}
