/** What every way to log in has in common: the second factor, the session limit, and where to go afterwards. */
import { api } from './api.js';
import { clearWarning, go } from './page.js';
import { changing, signedIn } from './session.js';
import { sessionChoice } from './views/session-choice.js';

/** A sign-in that waits for its second factor: `{continuation, methods, next}`. Kept in memory only. */
export let pending = null;

/**
 * Sends a sign-in and goes on to `next`, or to the page for the second factor.
 * @param choice an element that shows the sessions to choose from when there are too many
 */
export async function signIn(path, body, { next, choice }) {
  choice.replaceChildren();
  try {
    const response = await changing(() => api('POST', path, body));
    pending = null;
    clearWarning();
    if (response.returnTo) location.assign(response.returnTo);
    else go(next);
    signedIn(response.User);
  } catch (error) {
    if (error.code === 'second_factor_required') return askForSecondFactor(error, next);
    if (error.code !== 'session_limit_reached') throw error;
    const again = (endSession) => signIn(path, { ...body, endSession }, { next, choice });
    choice.replaceChildren(sessionChoice(error.sessions, again));
    choice.querySelector('h2').focus();
  }
}

function askForSecondFactor({ continuation, methods }, next) {
  pending = { continuation, methods, next };
  go('/second-factor');
}
