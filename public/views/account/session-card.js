import { el, time } from '../../dom.js';

/** One session as a list item: the device, where and when it was seen, and what can be done about it. */
export function sessionCard({ device, current, ip, createdAt, lastSeenAt }, action) {
  const badge = current ? [el('span', { class: 'badge' }, 'This device')] : [];
  const facts = el('p', { class: 'muted' }, `${ip} · active `, time(lastSeenAt), ' · logged in ', time(createdAt));
  const name = el('p', { class: 'name', title: device.userAgent }, device.label, ' ', badge);
  return el('li', {}, el('div', {}, name, facts), action);
}
