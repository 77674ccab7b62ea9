// The compatible interface signs the text of the amount, and languages write one number differently: `String` of JavaScript,
// `repr` of Python, a float's conversion in PHP with `precision=14`. A client signs its language's text and sends its JSON
// library's, and these two need not be the same.

export type AmountForm = "text" | "raw" | "plain" | "javascript" | "python" | "php";
export type AmountSpelling = { form: AmountForm; text: string };

const numberPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/u;
const mostCharacters = 100;
// What a double can hold; beyond it no language has another spelling.
const mostExponent = 330;
const phpPrecision = 14;

/** A number as its significant digits and the power of ten of the first one: 0.00015 is `15` and -4. */
type Scientific = { sign: string; digits: string; exponent: number };

const partsPattern = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<fraction>\d+))?(?:[eE](?<power>[+-]?\d+))?$/u;

function scientificOf(text: string): Scientific {
  const { sign = "", whole = "", fraction = "", power = "0" } = partsPattern.exec(text)?.groups ?? {};
  const significant = (whole + fraction).replace(/^0+/u, "");
  const digits = significant.replace(/0+$/u, "");
  if (digits === "") return { sign, digits: "0", exponent: 0 };
  const leadingZeros = whole.length + fraction.length - significant.length;
  return { sign, digits, exponent: whole.length - 1 - leadingZeros + Number(power) };
}

function plainOf({ sign, digits, exponent }: Scientific): string {
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const fraction = digits.slice(exponent + 1);
  return sign + whole + (fraction && `.${fraction}`);
}

const withPoint = (digits: string) => (digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits);

/** `repr(float)`: `100.0`, `1e-07`, `1e+16`. */
function pythonOf(number: Scientific): string {
  const { sign, digits, exponent } = number;
  if (exponent >= -4 && exponent < 16) {
    const plain = plainOf(number);
    return plain.includes(".") ? plain : `${plain}.0`;
  }
  const power = String(Math.abs(exponent)).padStart(2, "0");
  return `${sign}${withPoint(digits)}e${exponent < 0 ? "-" : "+"}${power}`;
}

/** A float as text in PHP with the `precision` of its default configuration: `100`, `1.0E-7`, `1.0E+15`, `0.3`. */
function phpOf(value: number): string {
  const number = scientificOf(value.toExponential(phpPrecision - 1));
  const { sign, digits, exponent } = number;
  if (exponent >= -4 && exponent < phpPrecision) return plainOf(number);
  const mantissa = digits.length > 1 ? withPoint(digits) : `${digits}.0`;
  return `${sign}${mantissa}E${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}

function numberSpellings(lexeme: string): AmountSpelling[] {
  const raw: AmountSpelling = { form: "raw", text: lexeme };
  const value = Number(lexeme);
  const exact = scientificOf(lexeme);
  if (!Number.isFinite(value) || value === 0 || Math.abs(exact.exponent) > mostExponent) return [raw];
  const shortest = String(value);
  return [
    raw,
    { form: "plain", text: plainOf(exact) },
    { form: "javascript", text: shortest },
    { form: "python", text: pythonOf(scientificOf(shortest)) },
    { form: "php", text: phpOf(value) },
  ];
}

/**
 * The texts under which an honest client may have signed an amount: given as the lexeme of a JSON number (`1e-07`, as it stood in the
 * body), or as `{ string }` where the amount came as a JSON string, which is signed as it is. Each text once, with the first form
 * that writes it.
 */
export function amountSpellings(amount: string | { string: string }): AmountSpelling[] {
  if (typeof amount !== "string") return [{ form: "text", text: amount.string }];
  if (amount.length > mostCharacters || !numberPattern.test(amount)) return [{ form: "raw", text: amount }];
  const spellings = numberSpellings(amount);
  return spellings.filter(({ text }, i) => spellings.findIndex((other) => other.text === text) === i);
}
