/**
 * Creates an element. Strings become text, never markup, so the text of posts and names is always safe.
 * @param props attributes; `on…` are listeners; false and undefined are left out
 */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return element;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const absolute = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** A recent time as "5 minutes ago", an older one as a date, with the exact time on hover. */
export function time(iso) {
  const date = new Date(iso);
  const seconds = (date - Date.now()) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', Infinity];
  const near = unit !== 'day' || Math.abs(seconds) < 7 * 86_400;
  const text = size === Infinity ? 'just now' : relative.format(Math.round(seconds / size), unit);
  return el('time', { datetime: iso, title: absolute.format(date) }, near ? text : absolute.format(date));
}
