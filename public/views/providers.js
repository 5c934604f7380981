import { el } from '../dom.js';

/** Where a sign-in by this provider begins: an address for the browser to go to, not for fetch. */
export function signInAddress(provider, path) {
  return `/auth/${provider}?returnTo=${encodeURIComponent(`/#${path}`)}`;
}

/**
 * @param providers `[{provider, label}]`, from `signInMethods()`
 * @param path where in this client to go on afterwards
 */
export function providerLinks(providers, path) {
  const links = providers.map(({ provider, label }) =>
    el('a', { class: 'button', href: signInAddress(provider, path) }, `Continue with ${label}`),
  );
  return links.length === 0 ? [] : [el('p', { class: 'muted' }, 'Or without a password here:'), actions(links)];
}

const actions = (links) => el('div', { class: 'actions' }, links);
