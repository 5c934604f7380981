import { list, setting } from './setting-types.js';

export const origin = setting('an origin, such as https://app.example.com', (text) =>
  isOrigin(text) ? text : undefined,
);

export const origins = setting(
  'a comma list of exact origins, such as https://app.example.com or capacitor://localhost',
  (text) => {
    const all = list(text);
    return all.every((item) => isOrigin(item) || isAppOrigin(item)) ? all : undefined;
  },
);

/** A web origin as browsers send it. Rejects wildcards, which would never match. */
export function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && !text.includes('*') && URL.canParse(text) && new URL(text).origin === text;
}

/**
 * The origin of an app's web view, such as `capacitor://localhost` or `app://-`. `URL.origin` is `null` for these
 * schemes, so the check is that the text has a scheme, a host and nothing else. `file://` is not the origin of a single app.
 */
function isAppOrigin(text: string): boolean {
  return /^(?!https?:|wss?:|ftp:|file:)[a-z][a-z0-9+.-]*:\/\/[^*]+$/.test(text) && isSchemeAndHost(text);
}

function isSchemeAndHost(text: string): boolean {
  return (
    URL.canParse(text) && new URL(text).href === text && `${new URL(text).protocol}//${new URL(text).host}` === text
  );
}
