import type { Memory } from "./storage.ts";

/** Two soft tones, made here: nothing to load, nobody's recording. Hertz, and seconds after the first. */
const tones = [
  [880, 0],
  [1174.7, 0.11],
] as const;
const loudness = 0.06;
const lengthSeconds = 0.28;

export type Sound = {
  on(): boolean;
  set(on: boolean): void;
  /** Sounds once for a message, in one of this browser's tabs, where the browser lets a page be heard. */
  ring(messageId: string): void;
};

function play(context: AudioContext): void {
  for (const [hertz, after] of tones) {
    const from = context.currentTime + after;
    const tone = new OscillatorNode(context, { type: "sine", frequency: hertz });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(loudness, from + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, from + lengthSeconds);
    tone.connect(volume).connect(context.destination);
    tone.start(from);
    tone.stop(from + lengthSeconds);
  }
}

export function createSound(memory: Memory, key: string): Sound {
  let context: AudioContext | undefined;

  /** A page that nobody has touched must be silent: the context then stays suspended, and nothing is saved up for later. */
  async function attempt(): Promise<void> {
    context ??= new AudioContext();
    if (context.state === "suspended")
      await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, 300))]);
    if (context.state === "running") play(context);
  }

  async function once(messageId: string): Promise<void> {
    const rung = memory.get("rung") ?? "";
    if (rung >= messageId) return;
    memory.set("rung", messageId);
    await attempt().catch(() => undefined);
  }

  return {
    on: () => memory.get("sound") !== "off",
    set: (on) => memory.set("sound", on ? undefined : "off"),
    ring(messageId) {
      if (memory.get("sound") === "off") return;
      if (navigator.locks) void navigator.locks.request(`okno.ring.${key}`, () => once(messageId));
      else void once(messageId);
    },
  };
}
