// Clients that read nothing and clients that open many event streams, with Node alone.
import { setTimeout as delay } from 'node:timers/promises';
import { isLive, memoryOf, NO_RESPONSE, openAll } from './clients.js';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const MB = 1024 * 1024;
/** How much unread responses of the largest page may add to the process. */
const MAX_GROWTH_MB = 100;

/** Fills the largest page there can be. */
export async function publishPosts({ url }) {
  const { cookie } = await signInAs(url, 'author');
  const content = 'x'.repeat(20_000);
  for (let n = 0; n < 60; n++) {
    const body = JSON.stringify({ title: `Post ${n}`, content });
    await fetch(`${url}/posts`, { method: 'POST', headers: { ...JSON_TYPE, cookie }, body });
  }
}

/** 60 connections that ask for the largest page six times each, more than the kernel keeps for them. @returns what is broken */
export function unreadPages(server) {
  return unreadConnections(server, 60, 6);
}

/** 20 connections that send a thousand requests each ahead of their responses. @returns what is broken */
export function pipelinedRequests(server) {
  return unreadConnections(server, 20, 1_000);
}

async function unreadConnections({ url, pid }, connections, requestsEach) {
  const before = await memoryOf(pid);
  const requests = 'GET /posts?limit=100 HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(requestsEach);
  const sockets = await openAll(url, connections, requests);
  await delay(3_000);
  const grown = (await memoryOf(pid)) - before;
  const live = await isLive(url);
  for (const socket of sockets) socket.destroy();
  if (!live) return NO_RESPONSE;
  return grown > MAX_GROWTH_MB * MB ? `the process grew by ${Math.round(grown / MB)} MB` : undefined;
}

/** 15 sessions of 3 accounts that open 20 event streams each from one address. @returns what is broken */
export async function manyStreams({ url }) {
  const abort = new AbortController();
  // Kept, because Node closes the connection of a response that is collected as garbage.
  const opened = [];
  for (let n = 0; n < 15; n++) {
    const { cookie } = await signInAs(url, `listener-${n % 3}`);
    const headers = { cookie, 'X-Forwarded-For': '203.0.113.9' };
    const open = () => fetch(`${url}/sessions/current/events`, { headers, signal: abort.signal });
    const responses = await Promise.all(Array.from({ length: 20 }, open));
    opened.push(...responses.filter(({ status }) => status === 200));
  }
  const live = await isLive(url);
  abort.abort();
  if (!live) return NO_RESPONSE;
  return opened.length > 100 ? `${opened.length} streams were opened from one address` : undefined;
}

async function signInAs(url, username) {
  const body = JSON.stringify({ username, password: 'correct horse battery staple' });
  const headers = { ...JSON_TYPE, 'X-Forwarded-For': '192.0.2.7' };
  await fetch(`${url}/users/signup`, { method: 'POST', headers, body });
  const response = await fetch(`${url}/users/login`, { method: 'POST', headers, body });
  const cookie = response.headers.getSetCookie().find((line) => line.startsWith('sid='));
  return { cookie: cookie.split(';')[0] };
}
