import { createPrivateKey, createPublicKey } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkContentDigest, contentDigest } from "./content-digest.ts";
import {
  type HttpSigningKey,
  mintEd25519Keys,
  readSignatures,
  signRequest,
  verifySignature,
} from "./http-signatures.ts";
import { signatureBase } from "./signature-base.ts";

const sha512 = "WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==";
// The request and the keys of RFC 9421, appendix B.
const request = {
  method: "POST",
  url: "https://example.com/foo?param=Value&Pet=dog",
  headers: {
    host: "example.com",
    date: "Tue, 20 Apr 2021 02:07:55 GMT",
    "content-type": "application/json",
    "content-digest": `sha-512=:${sha512}:`,
    "content-length": "18",
  },
  body: '{"hello": "world"}',
};
const now = new Date(1618884473_000);
const sharedSecret = Buffer.from(
  "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==",
  "base64",
);
const seed = Buffer.from("n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU", "base64url");
const ed25519 = {
  seed,
  public: createPublicKey(
    createPrivateKey({
      key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]),
      format: "der",
      type: "pkcs8",
    }),
  )
    .export({ format: "der", type: "spki" })
    .subarray(-32),
};
const hmacKey = { algorithm: "hmac-sha256", secret: sharedSecret } as const;

const signed = (
  key: HttpSigningKey,
  components: string[],
  parameters: object = { created: 1618884473, keyid: "k" },
  changed: Partial<typeof request> = {},
) => {
  const own = { ...request, ...changed };
  return { ...own, headers: { ...own.headers, ...signRequest(own, { components, parameters, key }) } };
};

const verify = (given: typeof request, options: Partial<Parameters<typeof verifySignature>[2]> = {}) => {
  const received = readSignatures(given);
  if (!received?.[0]) throw new Error("No signature");
  return verifySignature(given, received[0], { key: hmacKey, now, required: [], ...options });
};

test("RFC 9421 B.2.5: HMAC with the shared secret", () => {
  const made = signRequest(request, {
    label: "sig-b25",
    components: ["date", "@authority", "content-type"],
    parameters: { created: 1618884473, keyid: "test-shared-secret" },
    key: hmacKey,
  });
  expect(made).toEqual({
    "signature-input":
      'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    signature: "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:",
  });
  expect(verify({ ...request, headers: { ...request.headers, ...made } })).toEqual({
    ok: true,
    components: ["date", "@authority", "content-type"],
    parameters: { created: 1618884473, keyid: "test-shared-secret" },
  });
});

test("RFC 9421 B.2.6: Ed25519 with the test key", () => {
  const made = signRequest(request, {
    label: "sig-b26",
    components: ["date", "@method", "@path", "@authority", "content-type", "content-length"],
    parameters: { created: 1618884473, keyid: "test-key-ed25519" },
    key: { algorithm: "ed25519", privateKey: seed },
  });
  expect(made.signature).toBe(
    "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
  );
  const key = { algorithm: "ed25519", publicKey: ed25519.public } as const;
  expect(verify({ ...request, headers: { ...request.headers, ...made } }, { key }).ok).toBe(true);
});

test("derived components are those of the standard's examples", () => {
  const base = (url: string, names: string[]) =>
    signatureBase(
      { ...request, url },
      { items: names.map((value) => ({ value, parameters: [] })), parameters: [] },
    );
  expect(
    base("HTTPS://Example.COM:443/path/./here?q=a%20b", [
      "@method",
      "@target-uri",
      "@authority",
      "@scheme",
      "@request-target",
      "@path",
      "@query",
    ]),
  ).toEqual({
    ok: true,
    base: [
      '"@method": POST',
      '"@target-uri": https://example.com/path/./here?q=a%20b',
      '"@authority": example.com',
      '"@scheme": https',
      '"@request-target": /path/./here?q=a%20b',
      '"@path": /path/./here',
      '"@query": ?q=a%20b',
      '"@signature-params": ("@method" "@target-uri" "@authority" "@scheme" "@request-target" "@path" "@query")',
    ].join("\n"),
  });
  expect(base("https://example.com", ["@path", "@query"])).toMatchObject({
    base: expect.stringContaining('"@path": /\n"@query": ?\n'),
  });
});

const whole = ["@method", "@target-uri", "content-digest", "content-type", "idempotency-key", "date"];
const headers = { ...request.headers, "idempotency-key": '"a"' };

test.each<[string, Partial<typeof request>]>([
  ["method", { method: "PUT" }],
  ["address", { url: "https://example.com/foo?param=Value&Pet=cat" }],
  ["type", { headers: { ...headers, "content-type": "text/plain" } as never }],
  ["key of idempotency", { headers: { ...headers, "idempotency-key": '"b"' } as never }],
  ["date", { headers: { ...headers, date: "Tue, 20 Apr 2021 02:07:56 GMT" } as never }],
  ["digest", { headers: { ...headers, "content-digest": contentDigest("x") } as never }],
])("another %s is a wrong signature", (_, change) => {
  const parameters = {
    created: 1618884473,
    expires: 1618884573,
    nonce: "n",
    keyid: "k",
    alg: "hmac-sha256",
    tag: "t",
  };
  const given = signed(hmacKey, whole, parameters, { headers });
  expect(verify(given, { required: whole })).toEqual({ ok: true, components: whole, parameters });
  const changed = { ...given, ...change, headers: { ...given.headers, ...change.headers } };
  const { signature, "signature-input": input } = given.headers;
  const attempt = { ...changed, headers: { ...changed.headers, signature, "signature-input": input } };
  expect(verify(attempt)).toEqual({ ok: false, reason: "wrong_signature" });
});

test("another body than the signed digest says is refused", () => {
  const given = signed(hmacKey, ["content-digest"]);
  expect(verify({ ...given, body: '{"hello": "World"}' })).toEqual({ ok: false, reason: "wrong_digest" });
});

test("a required component that is not covered is named", () => {
  expect(verify(signed(hmacKey, ["@method"]), { required: ["@method", "content-digest"] })).toEqual({
    ok: false,
    reason: "component_missing",
    component: "content-digest",
  });
});

test("times are kept: five minutes either way, and never past `expires`", () => {
  const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  const given = signed(hmacKey, ["@method"], { created: 1618884473, expires: 1618884473 + 200 });
  expect(verify(given, { now: at(199) }).ok).toBe(true);
  expect(verify(given, { now: at(200) })).toMatchObject({ reason: "expired" });
  expect(verify(given, { now: at(301) })).toMatchObject({ reason: "too_old" });
  expect(verify(given, { now: at(-300) }).ok).toBe(true);
  expect(verify(given, { now: at(-301) })).toMatchObject({ reason: "from_the_future" });
  expect(verify(signed(hmacKey, ["@method"], {}))).toMatchObject({ reason: "created_missing" });
});

test("the key says which algorithm: a public key is never taken for the secret of an HMAC", () => {
  const forged = { algorithm: "hmac-sha256", secret: ed25519.public } as const;
  const key = { algorithm: "ed25519", publicKey: ed25519.public } as const;
  const stated = signed(forged, ["@method"], { created: 1618884473, alg: "hmac-sha256" });
  expect(verify(stated, { key })).toEqual({ ok: false, reason: "wrong_algorithm" });
  expect(verify(signed(forged, ["@method"]), { key })).toEqual({ ok: false, reason: "wrong_signature" });
});

test("minted Ed25519 keys sign and verify, and no other key does", () => {
  const [own, other] = [mintEd25519Keys(), mintEd25519Keys()];
  const given = signed({ algorithm: "ed25519", privateKey: own.privateKey }, ["@method"]);
  const by = (publicKey: Uint8Array) => verify(given, { key: { algorithm: "ed25519", publicKey } });
  expect(by(own.publicKey).ok).toBe(true);
  expect(by(other.publicKey)).toEqual({ ok: false, reason: "wrong_signature" });
});

test.each([
  ["neither header", undefined, undefined],
  ["no signature", 'a=("@method")', undefined],
  ["another label", 'a=("@method")', "b=:AA==:"],
  ["one signature too many", 'a=("@method")', "a=:AA==:, b=:AA==:"],
  ["a component twice", 'a=("@method" "@method")', "a=:AA==:"],
  ["a label twice", 'a=("@method"), a=("@path")', "a=:AA==:"],
  ["a parameter twice", 'a=("@method");created=1;created=2', "a=:AA==:"],
  ["a list that does not end", 'a=("@method"', "a=:AA==:"],
  ["no space between components", 'a=("@method""@path")', "a=:AA==:"],
  ["a comma at the end", 'a=("@method"),', "a=:AA==:"],
  ["a component that is a token", "a=(method)", "a=:AA==:"],
  ["a time that is text", 'a=("@method");created="1"', "a=:AA==:"],
  ["a time with decimals", 'a=("@method");created=1.5', "a=:AA==:"],
  ["a signature that is text", 'a=("@method")', 'a="AA=="'],
  ["a signature in bad Base64", 'a=("@method")', "a=:A===:"],
  ["Base64 with loose bits", 'a=("@method")', "a=:AB==:"],
  ["a label in capitals", 'A=("@method")', "A=:AA==:"],
  ["ten thousand characters", `a=(${'"@method" '.repeat(1000)})`, "a=:AA==:"],
])("%s is no signature", (_, input, signature) => {
  expect(readSignatures({ headers: { "signature-input": input, signature } })).toBeUndefined();
});

test("several signatures are read apart, over several lines too, and unknown parameters stay in what is signed", () => {
  const received = readSignatures({
    headers: {
      "signature-input": [
        'a=("@method"  "@path");created=1 ,\tb=( );tag="t";extra',
        'c=("date");keyid="k";v=tok',
      ],
      signature: "b=:AA==:, a=:AQ==:,c=:Ag==:",
    },
  });
  expect(received?.map(({ label, components, parameters }) => ({ label, components, parameters }))).toEqual([
    { label: "a", components: ["@method", "@path"], parameters: { created: 1 } },
    { label: "b", components: [], parameters: { tag: "t" } },
    { label: "c", components: ["date"], parameters: { keyid: "k" } },
  ]);
  const base = received?.[2] && signatureBase(request, received[2].covered);
  expect(base).toMatchObject({ base: expect.stringContaining('("date");keyid="k";v=tok') });
});

test.each([
  ["component_absent", '("x-absent")'],
  ["unsupported_component", '("@status")'],
  ["unsupported_component", '("@query-param";name="Pet")'],
  ["unsupported_component", '("Date")'],
  ["unsupported_component", '("constructor ")'],
  ["unsupported_component", '("@constructor")'],
])("%s is the answer to %s", (reason, list) => {
  const input = { "signature-input": `a=${list};created=1618884473`, signature: "a=:AA==:" };
  expect(verify({ ...request, headers: { ...request.headers, ...input } })).toMatchObject({
    ok: false,
    reason,
  });
});

test("a value with a line break cannot pretend to be the next component", () => {
  const own = { ...request, headers: { ...request.headers, date: 'x\n"@path": /y' } };
  const covered = { items: [{ value: "date", parameters: [] }], parameters: [] };
  expect(signatureBase(own, covered)).toMatchObject({ ok: false, reason: "unsafe_value" });
  expect(() => signRequest(own, { components: ["date"], parameters: {}, key: hmacKey })).toThrow(RangeError);
});

test("whatever stands in the two headers is read or refused, never thrown at", () => {
  const piece = fc.constantFrom(
    "a=",
    "(",
    ")",
    '"date"',
    ";",
    "created",
    "=1",
    ",",
    " ",
    ":AA==:",
    "?1",
    "\\",
    "é",
    '"',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.array(piece, { maxLength: 6 }), (input, signature) => {
      readSignatures({ headers: { "signature-input": input.join(""), signature: signature.join("") } });
    }),
    { numRuns: 2000 },
  );
});

test("RFC 9530: digests of the sample body, by either algorithm", () => {
  expect(contentDigest(request.body)).toBe("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
  expect(contentDigest(request.body, ["sha-512"])).toBe(`sha-512=:${sha512}:`);
  expect(checkContentDigest(contentDigest(request.body, ["sha-256", "sha-512"]), request.body)).toEqual({
    ok: true,
    algorithms: ["sha-256", "sha-512"],
  });
});

test.each([
  ["wrong_digest", contentDigest("other")],
  ["wrong_digest", `${contentDigest(request.body)}, ${contentDigest("other", ["sha-512"])}`],
  ["unknown_algorithm", "md5=:AA==:"],
  ["unknown_algorithm", "constructor=:AA==:"],
  ["malformed", ""],
  ["malformed", "sha-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="],
  ["malformed", `${contentDigest(request.body)}, ${contentDigest(request.body)}`],
])("%s is the answer to a Content-Digest of %s", (reason, header) => {
  expect(checkContentDigest(header, request.body)).toEqual({ ok: false, reason });
});
