import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';
import type { ErrorCode } from '../errors/error-codes.js';

export const OPERATION = 'openapi:operation';

/** The description of a route in the OpenAPI document, in addition to its other decorators. */
export interface OperationDescription<Answer = unknown> {
  /** A short summary of the route. */
  summary: string;
  /** More details for callers, in Markdown. */
  description?: string;
  /** The body of a successful response; absent if it has none. */
  response?: z.ZodType<Answer>;
  /** Media type of the response if it is not JSON. */
  type?: string;
  /** Headers of a successful response, in addition to X-Request-Id. */
  headers?: ('Location' | 'Set-Cookie')[];
  /** The input of a route whose guard reads the body; other routes declare it by `@Body({ schema })`. */
  body?: z.ZodType;
  /** Accepts any JSON body and ignores it. By default, a route that declares no body rejects every field. */
  ignoresBody?: true;
  /** Error codes in addition to those that follow from the guards and the input of the route, see route-errors.ts. */
  errors?: ErrorCode[];
}

/** Describes a route in the OpenAPI document. The compiler checks the handler against the described response. */
export const Operation =
  <Answer = void>(description: OperationDescription<Answer>) =>
  <Handler extends (...parameters: never[]) => Answer | Promise<Answer>>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<Handler>,
  ): void => {
    SetMetadata(OPERATION, description)(target, key, descriptor);
  };
