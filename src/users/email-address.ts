import { domainToASCII } from 'node:url';
import { z } from 'zod';

/** RFC 5321, 4.5.3.1.3: a path has 256 octets, including angle brackets. */
const MAX_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;
/** RFC 5322 dot-atom. Quoted local parts are valid and unused; some mail servers read them differently. */
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
/** `domainToASCII` parses the host of a URL and would drop or decode a port, a path or percent-encoded bytes. */
const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The normal form, in which email addresses are unique: the local part in lower case, the domain in ASCII.
 * @param address without spaces around it
 * @returns undefined for text that is no email address
 */
export function normalEmail(address: string): string | undefined {
  return asciiEmail(address)?.toLowerCase();
}

/**
 * The address as mail servers take it: the local part as stored, the domain in ASCII.
 * @returns undefined for text that is no email address
 */
export function asciiEmail(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(0, at));
  const domain = asciiDomain(address.slice(at + 1));
  if (!domain || local.length > MAX_LOCAL_LENGTH || !LOCAL_PART.test(local)) return undefined;
  const ascii = `${local}@${domain}`;
  return ascii.length <= MAX_LENGTH ? ascii : undefined;
}

function asciiDomain(text: string): string | undefined {
  if (!DOMAIN.test(text)) return undefined;
  const domain = domainToASCII(text);
  const labels = domain.split('.');
  // Domains whose last label is a number are IPv4 addresses.
  const isHostName = labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1)!);
  return isHostName ? domain : undefined;
}

/** An email address in a request body. Surrounding spaces are removed; the spelling is kept otherwise. */
export const emailAddress = z
  .string()
  .trim()
  .max(MAX_LENGTH, { abort: true })
  .refine((text) => normalEmail(text) !== undefined, { params: { code: 'not_well_formed' } })
  .meta({
    description: 'The local part is ASCII; the domain may be internationalized. Surrounding spaces are removed.',
    format: 'email',
    examples: ['ada@example.com'],
  });
