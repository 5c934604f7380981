import { parse } from 'bowser';
import { z } from 'zod';

export const ipSchema = z
  .string()
  .meta({ description: 'Without a port; empty where the proxy tells no address.', examples: ['203.0.113.7'] });

/** A device as its owner sees it. */
export const deviceSchema = z
  .strictObject({
    label: z.string().meta({ description: 'For people to read.', examples: ['Firefox on Linux'] }),
    userAgent: z.string().meta({ description: 'As sent at the sign-in.', examples: ['Mozilla/5.0 … Firefox/140.0'] }),
  })
  .meta({ id: 'Device' });

export type DeviceView = z.output<typeof deviceSchema>;

export function deviceView(userAgent: string): DeviceView {
  return { label: deviceLabel(userAgent), userAgent };
}

/** What a text begins with that names a browser or an app only further on. */
const PLATFORMS = new Set(['Mozilla', 'Dalvik']);
/** A product's name. The parser hands on whatever stands where it expects one, so other texts of the client's do not count. */
const NAME = /^[\w .-]{1,40}$/;

/** `Firefox on Linux`, `Safari on iOS`; the product's name for apps and tools (`MyApp on Android`, `curl`). */
function deviceLabel(userAgent: string): string {
  if (userAgent === '') return 'Unknown device';
  const { browser, os } = parse(userAgent);
  const product = /^[\w.-]{1,40}/.exec(userAgent)?.[0];
  const name = [product, browser.name].find((text) => text && !PLATFORMS.has(text) && NAME.test(text));
  return [name ?? 'Unknown device', os.name].filter(Boolean).join(' on ');
}
