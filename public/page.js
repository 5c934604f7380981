/** Functions that views use to change the page around them. */
import { ApiError } from './api.js';
import { el } from './dom.js';
import { errorText } from './messages.js';

const status = document.getElementById('status');
const notice = document.getElementById('notice');
let fading;

/** Opens a view by its path, such as `/posts/new`. */
export function go(path) {
  if (location.hash === `#${path}`) window.dispatchEvent(new HashChangeEvent('hashchange'));
  else location.hash = path;
}

/** Shows a confirmation, which screen readers announce without moving the focus. */
export function say(text) {
  clearTimeout(fading);
  status.replaceChildren(text);
  fading = setTimeout(() => status.replaceChildren(), 6_000);
}

/** Shows an important message, which stays until it is dismissed. */
export function warn(text) {
  status.replaceChildren();
  const dismiss = button('Dismiss', clearWarning);
  notice.replaceChildren(el('p', {}, text), dismiss);
}

export function clearWarning() {
  notice.replaceChildren();
}

/** A button that runs `work` once at a time, and shows its errors above the page. */
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

/** A button that copies this text to the clipboard. */
export function copyButton(label, text) {
  return button(label, async () => {
    await navigator.clipboard.writeText(text);
    say('Copied.');
  });
}

function complain(error) {
  if (!(error instanceof ApiError)) reportError(error);
  // After a 401, the end of the session is shown already.
  if (error.statusCode !== 401) warn(errorText(error));
}
