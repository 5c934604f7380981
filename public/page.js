/** What views may do to the page around them. */
import { ApiError } from './api.js';
import { el } from './dom.js';
import { errorText } from './messages.js';

const status = document.getElementById('status');
const notice = document.getElementById('notice');
let fading;

/** Goes to one of the client's own addresses, such as `/posts/new`. */
export function go(path) {
  if (location.hash === `#${path}`) window.dispatchEvent(new HashChangeEvent('hashchange'));
  else location.hash = path;
}

/** Says that something was done; screen readers read it without losing their place. */
export function say(text) {
  clearTimeout(fading);
  status.replaceChildren(text);
  fading = setTimeout(() => status.replaceChildren(), 6_000);
}

/** Says what must not be missed; stays until it is dismissed. */
export function warn(text) {
  status.replaceChildren();
  const dismiss = button('Dismiss', clearWarning);
  notice.replaceChildren(el('p', {}, text), dismiss);
}

export function clearWarning() {
  notice.replaceChildren();
}

/** A button that does `work` once at a time; what it throws is told above the page. */
export function button(label, work, props = {}) {
  const element = el('button', { type: 'button', ...props, onclick: () => void run() }, label);
  async function run() {
    if (element.ariaDisabled === 'true') return;
    element.ariaDisabled = 'true';
    try {
      await work();
    } catch (error) {
      complain(error);
    } finally {
      element.ariaDisabled = null;
    }
  }
  return element;
}

function complain(error) {
  if (!(error instanceof ApiError)) reportError(error);
  // With a 401 the session has ended, and that is told already.
  if (error.statusCode !== 401) warn(errorText(error));
}
