import { z } from 'zod';

const clientData = z.object({ challenge: z.string().max(256), crossOrigin: z.unknown() });

export type ClientData = z.output<typeof clientData>;

/** Decodes the part of an assertion that the client wrote. @returns undefined for invalid text */
export function clientDataOf(clientDataJSON: string): ClientData | undefined {
  try {
    return clientData.safeParse(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
