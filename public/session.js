/** The signed-in user, according to the server, and the end of the session. Uses no storage of the browser. */
import { api, sessionEnds } from './api.js';
import { openEvents } from './session-events.js';

/** Emits `changed` when another user or a guest is signed in, and `ended`, with `{code, reason?}`, if that was unexpected. */
export const session = new EventTarget();

/** `{userId, userName}` or null. */
export let user = null;

const events = openEvents({ ended: confirmEnd, lost: check });
const otherTabs = new BroadcastChannel('session');
otherTabs.addEventListener('message', () => void check());
sessionEnds.addEventListener('sessionended', ({ detail }) => end(detail));

/** Reads the signed-in user from the server: at the start, and whenever it may have changed. */
export async function check() {
  try {
    setUser(await api('GET', '/users/me'));
  } catch (error) {
    // `sessionEnds` has reported a 401 already. An unavailable server ends no session.
    if (error.statusCode !== 401) events.retry();
  }
}

/** Call it with the response of POST /users/login. */
export function signedIn(newUser) {
  setUser(newUser);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has one origin only
  otherTabs.postMessage('signed in');
}

/** Runs work that ends or renews the session on purpose, so that its end is not reported. */
export async function changing(work, { signsOut = false } = {}) {
  events.close();
  try {
    const result = await work();
    if (signsOut) setUser(null);
    return result;
  } finally {
    if (user) events.open();
  }
}

/** Another tab may have renewed the shared session; its new cookie is about to arrive. */
async function confirmEnd(ending) {
  if (ending.reason !== 'replaced') return end(ending);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  return check();
}

function end({ code, reason }) {
  const known = user !== null;
  setUser(null);
  // A guest without a cookie is not reported; the cookie of an ended session is.
  if (known || code !== 'not_signed_in') session.dispatchEvent(new CustomEvent('ended', { detail: { code, reason } }));
}

function setUser(next) {
  const same = user?.userId === next?.userId;
  user = next && { userId: next.userId, userName: next.userName };
  if (user) events.open();
  else events.close();
  if (!same) session.dispatchEvent(new Event('changed'));
}
