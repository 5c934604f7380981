/** Who is signed in here, as the server says it, and the news that it is over. Nothing is kept in the browser's storage. */
import { api, refusals } from './api.js';
import { openEvents } from './session-events.js';

/** `changed` when somebody else (or nobody) is signed in; `ended`, with `{code, reason?}`, when that was not asked for. */
export const session = new EventTarget();

/** `{userId, userName}` or null. */
export let user = null;

const events = openEvents({ ended: confirmEnd, lost: check });
const otherTabs = new BroadcastChannel('session');
otherTabs.addEventListener('message', () => void check());
refusals.addEventListener('refused', ({ detail }) => end(detail));

/** Asks the server who is signed in: at the start, and whenever there may be news. */
export async function check() {
  try {
    setUser(await api('GET', '/users/me'));
  } catch (error) {
    // A refusal was told to `refusals` already; a server that is away ends no session.
    if (error.statusCode !== 401) events.retry();
  }
}

/** To be called with what POST /users/login answers. */
export function signedIn(newUser) {
  setUser(newUser);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has one origin only
  otherTabs.postMessage('signed in');
}

/** Runs what ends the session or gives it a new id on purpose: the end of the old one is no news then. */
export async function changing(work, { signsOut = false } = {}) {
  events.close();
  try {
    const answer = await work();
    if (signsOut) setUser(null);
    return answer;
  } finally {
    if (user) events.open();
  }
}

/** Another tab may have renewed the session that this one uses as well; its new cookie is about to arrive. */
async function confirmEnd(ending) {
  if (ending.reason !== 'replaced') return end(ending);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  return check();
}

function end({ code, reason }) {
  const known = user !== null;
  setUser(null);
  // A guest without a cookie is just a guest; a dead cookie at the start is news.
  if (known || code !== 'not_signed_in') session.dispatchEvent(new CustomEvent('ended', { detail: { code, reason } }));
}

function setUser(next) {
  const same = user?.userId === next?.userId;
  user = next && { userId: next.userId, userName: next.userName };
  if (user) events.open();
  else events.close();
  if (!same) session.dispatchEvent(new Event('changed'));
}
