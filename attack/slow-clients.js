// Clients that send a byte now and then, and clients that stop reading, with Node alone.
import { setTimeout as delay } from 'node:timers/promises';
import { isLive, NO_RESPONSE, openAll } from './clients.js';

const CONNECTIONS = 200;
/** What the server allows for the headers and for a whole request, with the second in which it looks. */
const HEADERS_MS = 11_000;
const REQUEST_MS = 16_000;
/** After this long without reading a client is cut. */
const UNREAD_MS = 60_000;

/** 200 connections that send a header every half second. @returns what is broken */
export function slowHeaders(server) {
  return slowSenders(server, 'GET /health/live HTTP/1.1\r\nHost: a\r\n', 'X-More: yes\r\n', HEADERS_MS);
}

/** 200 connections that send a byte of their body every half second. @returns what is broken */
export function slowBodies(server) {
  const head =
    'POST /users/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n';
  return slowSenders(server, head, ' ', REQUEST_MS);
}

/** 60 connections that ask for six of the largest pages and read on after a minute. @returns what is broken */
export async function slowReads({ url }) {
  const text = 'GET /posts?limit=100 HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(6);
  const sockets = await openAll(url, 60, text);
  await delay(UNREAD_MS);
  const live = await isLive(url);
  const closed = Promise.all(sockets.map(closing));
  // Of a connection that was cut, only what the kernel already had still arrives.
  const cut = await within(5_000, closed);
  for (const socket of sockets) socket.destroy();
  if (!live) return NO_RESPONSE;
  return cut ? undefined : 'connections without a reader were still held after a minute';
}

async function slowSenders({ url }, beginning, piece, limitMs) {
  const sockets = await openAll(url, CONNECTIONS, beginning);
  const closed = Promise.all(sockets.map(closing));
  const pieces = setInterval(() => sockets.forEach((socket) => socket.writable && socket.write(piece)), 500);
  const live = await isLive(url);
  const ended = await within(limitMs, closed);
  clearInterval(pieces);
  for (const socket of sockets) socket.destroy();
  if (!live) return NO_RESPONSE;
  return ended ? undefined : `connections were still held after ${limitMs / 1000} s`;
}

/** Reads on, and resolves when the connection is closed. */
const closing = (socket) =>
  new Promise((resolve) => (socket.closed ? resolve() : socket.resume().once('close', resolve)));

/** Whether the promise is fulfilled within so many milliseconds. */
const within = (ms, promise) => Promise.race([promise.then(() => true), delay(ms, false)]);
