/** What views may do to the page around them. */
import { el, button } from './dom.js';

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
