import type { KindPorts } from "@okno/kit";
import { createHttpProcessor } from "./http.ts";
import { manual } from "./manual.ts";
import type { Processor } from "./processor.ts";
import { createSandbox } from "./sandbox.ts";

export type Processors = ReadonlyMap<string, Processor>;

/** What a desk's methods may go by. A sandbox desk has the sandbox alone: it never moves money. */
export const processorNames = { sandbox: ["sandbox"], live: ["manual", "http"] } as const;

/** Every processor of this installation. A payout whose processor is not here is put before a person. */
export function createProcessors(ports: KindPorts): Processors {
  const all: Processor[] = [createSandbox(ports), manual, createHttpProcessor(ports)];
  return new Map(all.map((each) => [each.name, each]));
}
