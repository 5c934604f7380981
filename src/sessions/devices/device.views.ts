import { parse } from 'bowser';
import { z } from 'zod';

export const ipSchema = z
  .string()
  .meta({ description: 'Without a port; empty if the proxy gives no IP address.', examples: ['203.0.113.7'] });

/** A device as the API shows it to its user. */
export const deviceSchema = z
  .strictObject({
    label: z.string().meta({ description: 'A name to show to users.', examples: ['Firefox on Linux'] }),
    userAgent: z
      .string()
      .meta({ description: 'The user agent of the sign-in.', examples: ['Mozilla/5.0 … Firefox/140.0'] }),
  })
  .meta({ id: 'Device' });

export type DeviceView = z.output<typeof deviceSchema>;

export function deviceView(userAgent: string): DeviceView {
  return { label: deviceLabel(userAgent), userAgent };
}

/** Product tokens that start a user agent but name no browser or app; the name comes later. */
const PLATFORMS = new Set(['Mozilla', 'Dalvik']);
/** A plausible product name. The parser returns whatever stands in that place, including text that an attacker chose. */
const NAME = /^[\w .-]{1,40}$/;

/** Such as `Firefox on Linux` or `Safari on iOS`; apps and tools by their product name: `MyApp on Android`, `curl`. */
function deviceLabel(userAgent: string): string {
  if (userAgent === '') return 'Unknown device';
  const { browser, os } = parse(userAgent);
  const product = /^[\w.-]{1,40}/.exec(userAgent)?.[0];
  const name = [product, browser.name].find((text) => text && !PLATFORMS.has(text) && NAME.test(text));
  return [name ?? 'Unknown device', os.name].filter(Boolean).join(' on ');
}
