/** One row of the table. */
export type Result = {
  figure: string;
  value: number;
  unit: string;
  against: number | null;
  ratio: number | null;
  aim: string;
  met: boolean;
};

/** Measures one or more rows in one go; `rounds` alternates what is compared. */
export type Figure = { name: string; run(say: (text: string) => void): Promise<Result[]> };

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
}

/** A row that compares: at least `aim` where more is better, at most where less is. */
export function compared(
  figure: string,
  unit: string,
  [value, against]: [number, number],
  aim: { atLeast?: number; atMost?: number },
): Result {
  const ratio = value / against;
  const met = aim.atLeast !== undefined ? ratio >= aim.atLeast : ratio <= (aim.atMost ?? 0);
  return {
    figure,
    value,
    unit,
    against,
    ratio,
    aim: aim.atLeast !== undefined ? `≥ ${aim.atLeast}` : `≤ ${aim.atMost}`,
    met,
  };
}

/** A row with an absolute limit. */
export function limited(figure: string, unit: string, value: number, atMost: number): Result {
  return {
    figure,
    value,
    unit,
    against: null,
    ratio: null,
    aim: `≤ ${atMost} ${unit}`,
    met: value <= atMost,
  };
}
