import { createRequire } from "node:module";
import PDFDocument from "pdfkit";
import { statementWords } from "./statement-words.ts";

export type StatementLine = {
  at: Date;
  what: keyof (typeof statementWords)["ru"]["what"];
  reference: string | null;
  /** With a minus where money leaves; decimal texts. */
  change: string;
  balance: string;
};

export type StatementPaper = {
  lang: "ru" | "en";
  desk: { name: string; login: string };
  method: { name: string; currency: string; scale: number };
  /** Null: open at this end. */
  from: Date | null;
  to: Date | null;
  timeZone: string;
  madeAt: Date;
  opening: string;
  incoming: string;
  outgoing: string;
  closing: string;
  lines: readonly StatementLine[];
};

const { resolve } = createRequire(import.meta.url);
const fonts = {
  text: resolve("@expo-google-fonts/golos-text/400Regular/GolosText_400Regular.ttf"),
  bold: resolve("@expo-google-fonts/golos-text/600SemiBold/GolosText_600SemiBold.ttf"),
};

const page = { margin: 42, width: 595.28, height: 841.89 } as const;
const right = page.width - page.margin;
const bottom = page.height - page.margin - 24;
const rowHeight = 17;
const ink = { text: "#1a1f26", quiet: "#5b6572", line: "#d5dae1" } as const;

/** Where each column begins and how wide it is. */
const columns = [
  { x: page.margin, width: 84, align: "left" },
  { x: page.margin + 88, width: 114, align: "left" },
  { x: page.margin + 206, width: 152, align: "left" },
  { x: page.margin + 362, width: 72, align: "right" },
  { x: page.margin + 438, width: right - page.margin - 438, align: "right" },
] as const;

type Paper = PDFKit.PDFDocument;

/** An exact text with its thousands apart, and as many decimals as its neighbours; no digit is lost. */
function spelled(decimal: string, { lang, method: { scale } }: StatementPaper): string {
  const least = Math.min(scale, 2);
  const form = { minimumFractionDigits: least, maximumFractionDigits: 18, signDisplay: "negative" } as const;
  return new Intl.NumberFormat(lang, form).format(decimal as Intl.StringNumericLiteral).replace("-", "−");
}

function row(
  doc: Paper,
  y: number,
  cells: readonly string[],
  font: keyof typeof fonts,
  colour: string,
): void {
  doc.font(font).fontSize(8).fillColor(colour);
  for (const [index, { x, width, align }] of columns.entries())
    doc.text(cells[index] ?? "", x, y, { width, align, height: rowHeight, ellipsis: true, lineBreak: false });
}

function rule(doc: Paper, y: number): void {
  doc.moveTo(page.margin, y).lineTo(right, y).lineWidth(0.5).strokeColor(ink.line).stroke();
}

function head(doc: Paper, paper: StatementPaper): number {
  const words = statementWords[paper.lang];
  const day = (at: Date) =>
    new Intl.DateTimeFormat(paper.lang, { dateStyle: "long", timeZone: paper.timeZone }).format(at);
  // The period ends just before `to`: the last day that belongs to it is the one of the instant before.
  const last = paper.to && new Date(paper.to.getTime() - 1);
  doc.font("bold").fontSize(18).fillColor(ink.text).text(words.title, page.margin, page.margin);
  doc.font("text").fontSize(10).fillColor(ink.quiet).moveDown(0.3);
  doc.text(`${paper.desk.name} · ${paper.desk.login}`, {
    width: right - page.margin,
    height: 14,
    ellipsis: true,
  });
  doc.text(`${paper.method.name}, ${paper.method.currency}`);
  doc.text(words.period(paper.from && day(paper.from), last && day(last)));
  const made = new Intl.DateTimeFormat(paper.lang, {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: paper.timeZone,
  }).format(paper.madeAt);
  doc.text(`${words.made} ${made} (${paper.timeZone})`);
  return doc.y + 12;
}

/** What was there, what came, what went, what is there: the sum that must come out. */
function totals(doc: Paper, paper: StatementPaper, top: number): number {
  const words = statementWords[paper.lang];
  const parts = [
    [words.opening, paper.opening],
    [`+ ${words.incoming}`, paper.incoming],
    [`− ${words.outgoing}`, paper.outgoing],
    [`= ${words.closing}`, paper.closing],
  ] as const;
  const width = (right - page.margin) / parts.length;
  for (const [index, [name, value]] of parts.entries()) {
    const x = page.margin + index * width;
    doc.font("text").fontSize(8.5).fillColor(ink.quiet).text(name, x, top, { width, lineBreak: false });
    doc.font("bold").fontSize(12).fillColor(ink.text);
    doc.text(spelled(value, paper), x, top + 13, { width: width - 6, height: 18, ellipsis: true });
  }
  return top + 44;
}

function table(doc: Paper, paper: StatementPaper, start: number): void {
  const words = statementWords[paper.lang];
  const time = new Intl.DateTimeFormat(paper.lang, {
    dateStyle: "short",
    timeStyle: "medium",
    timeZone: paper.timeZone,
  });
  const heading = (y: number) => {
    row(doc, y, words.columns, "bold", ink.quiet);
    rule(doc, y + 13);
    return y + rowHeight;
  };
  let y = heading(start);
  if (paper.lines.length === 0) row(doc, y, [words.nothing], "text", ink.quiet);
  for (const { at, what, reference, change, balance } of paper.lines) {
    if (y > bottom) {
      doc.addPage();
      y = heading(page.margin);
    }
    const cells = [
      time.format(at),
      words.what[what],
      reference ?? "",
      spelled(change, paper),
      spelled(balance, paper),
    ];
    row(doc, y, cells, "text", ink.text);
    y += rowHeight;
  }
}

function numbered(doc: Paper, lang: StatementPaper["lang"]): void {
  const { start, count } = doc.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    doc.switchToPage(index);
    doc.font("text").fontSize(8).fillColor(ink.quiet);
    doc.text(statementWords[lang].page(index + 1, count), page.margin, page.height - page.margin - 10, {
      width: right - page.margin,
      align: "right",
      lineBreak: false,
    });
  }
}

/** A statement on paper, with the typeface of the screens inside. */
export function statementPdf(paper: StatementPaper): Promise<Buffer> {
  const doc = new PDFDocument({
    size: "A4",
    margin: page.margin,
    bufferPages: true,
    font: fonts.text,
    info: { Title: `${statementWords[paper.lang].title}: ${paper.desk.login}`, CreationDate: paper.madeAt },
  });
  doc.registerFont("text", fonts.text);
  doc.registerFont("bold", fonts.bold);
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolved, failed) => {
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("end", () => resolved(Buffer.concat(chunks)));
    doc.on("error", failed);
  });
  table(doc, paper, totals(doc, paper, head(doc, paper)));
  numbered(doc, paper.lang);
  doc.end();
  return done;
}
