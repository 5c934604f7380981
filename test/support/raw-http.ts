import { connect, type Socket } from 'node:net';

/** Sends raw text, for requests that HTTP clients cannot send or interrupt. */
export function sendText({ url }: { url: string }, text: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding('latin1');
  socket.write(text, 'latin1');
  return socket;
}

/** Everything received until the server closes the connection. */
export async function restOf(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}
