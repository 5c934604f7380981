import { el } from '../dom.js';
import { signInMethods } from '../sign-in-methods.js';

/** `[{provider, label}]`; none where they cannot be asked for, because a password goes on working. */
export async function configuredProviders() {
  const { providers } = await signInMethods();
  return providers;
}

/** Where a sign-in by this provider begins: an address for the browser to go to, not for fetch. */
export function signInAddress(provider, path) {
  return `/auth/${provider}?returnTo=${encodeURIComponent(`/#${path}`)}`;
}

/** @param path where in this client to go on afterwards */
export async function providerLinks(path) {
  const links = (await configuredProviders()).map(({ provider, label }) =>
    el('a', { class: 'button', href: signInAddress(provider, path) }, `Continue with ${label}`),
  );
  return links.length === 0 ? [] : [el('p', { class: 'muted' }, 'Or without a password here:'), actions(links)];
}

const actions = (links) => el('div', { class: 'actions' }, links);
