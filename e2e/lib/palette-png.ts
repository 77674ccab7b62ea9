import { crc32, deflateSync, inflateSync } from "node:zlib";

// Screens are text on plain surfaces: 256 colours are enough for the eye, and a picture is half the size, for a repository that keeps
// many. PNG (Third Edition), W3C Recommendation.

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

function* chunksOf(png: Buffer): Generator<{ type: string; data: Buffer }> {
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString("latin1", at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) };
    at += length + 12;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** What a filter adds to a byte, by the three bytes before it. */
const predictors: readonly ((left: number, up: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
];

type Head = { width: number; height: number; channels: 3 | 4 };
type Pixels = Head & { bytes: Buffer };

/** Eight bits a channel, not interlaced: what browsers write. */
function headOf(data: Buffer | undefined): Head {
  if (data?.[8] !== 8 || data[12] !== 0) throw new Error("This is not a picture as browsers write it.");
  return { width: data.readUInt32BE(0), height: data.readUInt32BE(4), channels: data[9] === 6 ? 4 : 3 };
}

/** One row as it was before its filter. `above` is the row before it, or zeros. */
function unfiltered(raw: Buffer, above: Buffer, channels: number): Buffer {
  const predict = predictors[raw[0] ?? 0] ?? paeth;
  const row = Buffer.alloc(above.length);
  for (let x = 0; x < row.length; x++) {
    const left = row[x - channels] ?? 0;
    const corner = above[x - channels] ?? 0;
    row[x] = (raw[x + 1] ?? 0) + predict(left, above[x] ?? 0, corner);
  }
  return row;
}

function decode(png: Buffer): Pixels {
  const chunks = [...chunksOf(png)];
  const head = headOf(chunks.find(({ type }) => type === "IHDR")?.data);
  const packed = chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data);
  const raw = inflateSync(Buffer.concat(packed));
  const stride = head.width * head.channels;
  let above: Buffer = Buffer.alloc(stride);
  const rows = Array.from({ length: head.height }, (_, y) => {
    above = unfiltered(raw.subarray(y * (stride + 1), (y + 1) * (stride + 1)), above, head.channels);
    return above;
  });
  return { ...head, bytes: Buffer.concat(rows) };
}

const colourAt = ({ bytes, channels }: Pixels, pixel: number) => bytes.readUIntBE(pixel * channels, 3);

const distance = (a: number, b: number) =>
  ((a >> 16) - (b >> 16)) ** 2 +
  (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 * 2 +
  ((a & 255) - (b & 255)) ** 2;

/** The most frequent colours, but of near ones only the first. */
function paletteOf(counts: ReadonlyMap<number, number>): number[] {
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour);
  for (let apart = 0; ; apart = apart === 0 ? 12 : apart * 2) {
    const chosen: number[] = [];
    for (const colour of ranked) {
      if (chosen.length > 256) break;
      if (chosen.every((other) => distance(colour, other) > apart)) chosen.push(colour);
    }
    if (chosen.length <= 256) return chosen;
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** The same picture with at most 256 colours. The same picture gives the same bytes. */
export function withPalette(png: Buffer): Buffer {
  const pixels = decode(png);
  const { width, height } = pixels;
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < width * height; pixel++) {
    const colour = colourAt(pixels, pixel);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = paletteOf(counts);
  const places = new Map<number, number>();
  for (const colour of counts.keys()) {
    let best = 0;
    for (let at = 1; at < palette.length; at++)
      if (distance(colour, palette[at] ?? 0) < distance(colour, palette[best] ?? 0)) best = at;
    places.set(colour, best);
  }
  const rows = Buffer.alloc((width + 1) * height);
  for (let pixel = 0; pixel < width * height; pixel++)
    rows[pixel + Math.floor(pixel / width) + 1] = places.get(colourAt(pixels, pixel)) ?? 0;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.alloc(palette.length * 3);
  for (const [at, colour] of palette.entries()) colours.writeUIntBE(colour, at * 3, 3);
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("PLTE", colours),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
