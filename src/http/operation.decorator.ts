import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';
import type { ErrorCode } from '../errors/error-codes.js';

export const OPERATION = 'openapi:operation';

/** What the document says of a route that its other decorators do not say already. */
export interface OperationDescription<Answer = unknown> {
  /** A few words: what it does. */
  summary: string;
  /** What a caller should know beside; Markdown. */
  description?: string;
  /** What is answered when all goes well; left out where there is no body. */
  response?: z.ZodType<Answer>;
  /** Media type of the answer where that is not JSON. */
  type?: string;
  /** Headers of that answer, beside X-Request-Id on all of them. */
  headers?: ('Location' | 'Set-Cookie')[];
  /** The input of a route whose guard reads it: elsewhere `@Body({ schema })` says it. */
  body?: z.ZodType;
  /** Beside those that follow from its guards and its input; see route-errors.ts. */
  errors?: ErrorCode[];
}

/** Puts a route into the OpenAPI document. The compiler holds the handler to the answer that is described. */
export const Operation =
  <Answer = void>(description: OperationDescription<Answer>) =>
  <Handler extends (...parameters: never[]) => Answer | Promise<Answer>>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<Handler>,
  ): void => {
    SetMetadata(OPERATION, description)(target, key, descriptor);
  };
