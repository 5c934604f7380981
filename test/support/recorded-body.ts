import type { Response } from 'express';

/**
 * Records a response body.
 * @param ended called when the response is complete and its headers are sent
 * @returns a function that returns the body written so far
 */
export function recordBody(response: Response, ended: () => void): () => string {
  const chunks: Buffer[] = [];
  const write = response.write.bind(response) as (...parameters: unknown[]) => boolean;
  const end = response.end.bind(response) as (...parameters: unknown[]) => Response;
  const keep = ([chunk]: unknown[]): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
  };
  response.write = (...parameters: unknown[]): boolean => {
    keep(parameters);
    return write(...parameters);
  };
  response.end = (...parameters: unknown[]): Response => {
    keep(parameters);
    end(...parameters);
    ended();
    return response;
  };
  return () => Buffer.concat(chunks).toString();
}
