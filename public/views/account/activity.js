import { api } from '../../api.js';
import { el, time } from '../../dom.js';
import { activityText } from '../../messages.js';
import { button } from '../../page.js';

const PAGE = 8;

export async function activitySection() {
  const list = el('ul', { class: 'rows' });
  const more = el('div', { class: 'more' });

  async function load(cursor) {
    const query = new URLSearchParams({ limit: PAGE, ...(cursor && { cursor }) });
    const { items, nextCursor } = await api('GET', `/users/me/activity?${query}`);
    list.append(...items.map(row));
    more.replaceChildren(...(nextCursor ? [button('Show older activity', () => load(nextCursor))] : []));
  }

  await load();
  const note = el('p', { class: 'muted' }, 'What happened to your account lately.');
  return el('section', { class: 'panel', 'aria-label': 'Activity' }, el('h2', {}, 'Activity'), note, list, more);
}

function row({ at, type, ip, device }) {
  const name = el('p', { class: 'name' }, activityText(type));
  const failed = type.endsWith('_failed') && 'failed';
  return el(
    'li',
    { class: failed },
    el('div', {}, name, el('p', { class: 'muted' }, `${device.label} · ${ip}`)),
    time(at),
  );
}
