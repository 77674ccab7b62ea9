/** What whoever reads the guides of a demo may use at once: its sandbox desk, and a key of its own for the native interface. */
export type SandboxAccess = { login: string; secret: string; salt: string; desk: string; key: string };

/** The variables that the samples read, as lines for a shell. Without a sandbox each value says where it is found. */
export function environmentLines(
  origin: string,
  access: SandboxAccess | undefined,
  names: Record<keyof SandboxAccess, string>,
): string {
  const { login, secret, salt, desk, key } = access ?? names;
  const values = {
    OKNO_URL: origin,
    OKNO_LOGIN: login,
    OKNO_SECRET: secret,
    OKNO_SALT: salt,
    OKNO_DESK: desk,
    OKNO_KEY: key,
  };
  return Object.entries(values)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`)
    .join("\n");
}
