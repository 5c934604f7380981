import { parse } from 'bowser';
import type { Request } from 'express';
import { z } from 'zod';

/** The caller's address and user agent, as stored with sessions and events. */
export interface Client {
  ip: string;
  userAgent: string;
}

/** `req.ip` is behind TRUST_PROXY; an IPv4 address that arrived over an IPv6 socket is shown as IPv4. */
export function clientOf(request: Pick<Request, 'ip' | 'headers'>): Client {
  return {
    ip: (request.ip ?? '').replace(/^::ffff:(?=\d+\.)/, ''),
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 512),
  };
}

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

/** A product's name. The parser hands on whatever stands where it expects one, so other texts of the client's do not count. */
const NAME = /^[\w .-]{1,40}$/;

/** `Firefox on Linux`, `Safari on iOS`; the product name for tools (`curl`, `PostmanRuntime`). */
function deviceLabel(userAgent: string): string {
  if (userAgent === '') return 'Unknown device';
  const { browser, os } = parse(userAgent);
  const product = /^[\w.-]{1,40}/.exec(userAgent)?.[0];
  const name = [browser.name, product].find((text) => text && text !== 'Mozilla' && NAME.test(text));
  return [name ?? 'Unknown device', os.name].filter(Boolean).join(' on ');
}
