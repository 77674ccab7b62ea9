import { createServer } from "node:http";

/** A site of somebody else, on another origin and under a strict policy, that has pasted the chat's loader. */
export async function startShop(oknoUrl: string, chatKey: string): Promise<{ url: string; close(): void }> {
  const policy = `default-src 'none'; script-src ${oknoUrl}; frame-src ${oknoUrl}; connect-src ${oknoUrl}; style-src 'none'; img-src 'none'`;
  const page = `<!doctype html><html lang="ru"><meta charset="utf-8"><title>Лавка</title><h1>Лавка</h1>
<script src="${oknoUrl}/chat/${chatKey}/loader.js" async></script></html>`;
  const server = createServer((_req, res) => {
    res.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy });
    res.end(page);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}
