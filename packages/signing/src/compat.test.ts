import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { amountSpellings } from "./amount-spellings.ts";
import { compatSignature, verifyCompat } from "./compat.ts";

const bitcoin = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

test.each([
  [["100", "BITCOIN", bitcoin], "8b44a0214245c22fc0da03ab32e659f2ec895367"],
  [["0.0015", "ETHEREUM", "examplewallet"], "b5b4ca8ff28beb49015a8567f3cea46bc315916a"],
  [["123456789_dpWminAiaqwTcBOJVlFk"], "f10542e032437f95ca843f6a5d88bbe1fc2d3406"],
  [["123456789_abcdefghij"], "691b05c4203dd217431d19fab8bec0a1ed77f782"],
  [["1000", "42"], "1859ec5537defd8d10fe310dd778d166a0ac3dce"],
  [["55", "USDTTRC", "shoplogin"], "99c73f0607c6018b3992f7a82bc88ed0247702f3"],
])("the vector of %j is signed as documented", (parts, signature) => {
  expect(compatSignature(parts, "SALT")).toBe(signature);
  expect(verifyCompat([parts], ["SALT"], signature)).toEqual({ ok: true, candidate: 0, salt: 0 });
});

test("[PO-13] the founding sample is signed as sha1(id:salt), and one changed character is refused", () => {
  const id = "123456789_dpWminAiaqwTcBOJVlFk";
  const signature = "b15d6cbdeceba4d85df5066d29d7ca02270c6aad";
  expect(compatSignature([id], "examplesalt")).toBe(signature);
  for (let i = 0; i < signature.length; i += 1) {
    const other = signature[i] === "0" ? "1" : "0";
    const changed = signature.slice(0, i) + other + signature.slice(i + 1);
    expect(verifyCompat([[id]], ["examplesalt"], changed)).toEqual({ ok: false });
  }
});

test("the verdict names the candidate and the salt that fit, and both salts count while one is exchanged for another", () => {
  const candidates = [
    ["1e-07", "TEST", "w"],
    ["0.0000001", "TEST", "w"],
  ];
  const given = compatSignature(["0.0000001", "TEST", "w"], "former");
  expect(verifyCompat(candidates, ["new", "former"], given)).toEqual({ ok: true, candidate: 1, salt: 1 });
  expect(verifyCompat(candidates, ["new"], given)).toEqual({ ok: false });
  expect(verifyCompat([], ["new"], given)).toEqual({ ok: false });
});

test("only forty lower-case hex digits are a signature", () => {
  const signature = compatSignature(["x"], "SALT");
  for (const given of ["", signature.toUpperCase(), `${signature} `, signature.slice(1), `${signature}0`])
    expect(verifyCompat([["x"]], ["SALT"], given)).toEqual({ ok: false });
});

test("a colon is signed in the last part alone: `A:B` and `C` are not `A` and `B:C`", () => {
  const wallet = "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a";
  const signature = compatSignature(["100", "BITCOINCASH", wallet], "SALT");
  expect(verifyCompat([["100", "BITCOINCASH", wallet]], ["SALT"], signature).ok).toBe(true);
  const shifted = ["100", "BITCOINCASH:bitcoincash", wallet.replace("bitcoincash:", "")];
  expect(() => compatSignature(shifted, "SALT")).toThrow(RangeError);
  expect(verifyCompat([shifted], ["SALT"], signature)).toEqual({ ok: false });
});

// The lexeme on the wire and the text that was signed, as these languages write them.
test.each([
  ["JavaScript", "1e-7", "1e-7"],
  ["JavaScript", "100", "100"],
  ["JavaScript", "0.30000000000000004", "0.30000000000000004"],
  ["JavaScript", "1e+21", "1e+21"],
  ["Python", "1e-07", "1e-07"],
  ["Python", "100.0", "100.0"],
  ["Python", "1e+16", "1e+16"],
  ["Python, its number written by a library in Rust", "1e-7", "1e-07"],
  ["Python, its number written by a library that drops the point", "100", "100.0"],
  ["PHP", "1.0e-7", "1.0E-7"],
  ["PHP", "100", "100"],
  ["PHP", "100.0", "100"],
  ["PHP", "0.30000000000000004", "0.3"],
  ["PHP", "1000000000000000", "1.0E+15"],
  ["PHP", "1.0e+15", "1.0E+15"],
  ["PHP", "100000000000000.0", "1.0E+14"],
  ["PHP", "12345678901234.0", "12345678901234"],
  ["PHP", "1.5e-10", "1.5E-10"],
  ["PHP", "0.0001", "0.0001"],
  ["PHP", "0.00001", "1.0E-5"],
  ["PHP", "123456789.123456789", "123456789.12346"],
  ["Go, Java and whoever writes plainly", "0.00150", "0.0015"],
  ["whoever writes plainly", "1e-7", "0.0000001"],
  ["whoever writes plainly", "1.20e2", "120"],
  ["whoever writes plainly", "123456789012345678.100", "123456789012345678.1"],
])("[PO-13] a client in %s that sends %s and signs %s verifies", (_, lexeme, signed) => {
  const candidates = amountSpellings(lexeme).map(({ text }) => [text, "TEST", "wallet"]);
  const given = createHash("sha1").update(`${signed}:TEST:wallet:SALT`).digest("hex");
  const verdict = verifyCompat(candidates, ["SALT"], given);
  expect(verdict.ok && candidates[verdict.candidate]?.[0]).toBe(signed);
});

test("an amount sent as a string is signed as that string alone", () => {
  expect(amountSpellings({ string: "100.0" })).toEqual([{ form: "text", text: "100.0" }]);
});

test("each text comes once, under the first form that writes it", () => {
  expect(amountSpellings("1e-7")).toEqual([
    { form: "raw", text: "1e-7" },
    { form: "plain", text: "0.0000001" },
    { form: "python", text: "1e-07" },
    { form: "php", text: "1.0E-7" },
  ]);
  expect(amountSpellings("100")).toEqual([
    { form: "raw", text: "100" },
    { form: "python", text: "100.0" },
  ]);
});

test("what is no number, or one that no machine holds, has no spelling but its own", () => {
  for (const lexeme of ["1e400", "1e-400", "0", "NaN", "01", "", "1".repeat(10_000), "1e999999999999999999"])
    expect(amountSpellings(lexeme)).toEqual([{ form: "raw", text: lexeme }]);
});
