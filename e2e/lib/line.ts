import { connect, createServer, type Socket } from "node:net";
import { freePort } from "./server-process.ts";

export type Line = {
  /** The server's address as seen through the line. */
  url: string;
  /** Nothing comes through from now on: what a laptop's lid, a tunnel or a pulled cable does. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
};

/** A line between browser and server that can be cut, while the server goes on for everybody else. */
export async function startLine(serverUrl: string): Promise<Line> {
  const target = Number(new URL(serverUrl).port);
  const sockets = new Set<Socket>();
  let down = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (down) return near.destroy();
    const far = connect(target, "127.0.0.1");
    keep(far);
    near.pipe(far).pipe(near);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
    return undefined;
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    cut() {
      down = true;
      drop();
    },
    mend() {
      down = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
}
