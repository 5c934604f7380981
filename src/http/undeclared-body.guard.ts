import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { z } from 'zod';
import { validate } from '../errors/zod-validation.pipe.js';
import { OPERATION, type OperationDescription } from './operation.decorator.js';

const NO_FIELDS = z.strictObject({});

/**
 * Global guard: if a route declares no body, a request with any field in its body fails with `validation_failed`, as
 * unknown fields do on other routes. `DELETE /users/me` with `{"dryRun": true}` must not delete the account.
 */
@Injectable()
export class UndeclaredBodyGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws {AppError} validation_failed */
  canActivate(context: ExecutionContext): boolean {
    const { body } = context.switchToHttp().getRequest<Request>();
    if (body !== undefined && !this.takesBody(context)) validate(NO_FIELDS, body);
    return true;
  }

  private takesBody(context: ExecutionContext): boolean {
    const handler = context.getHandler();
    const description = this.reflector.get<OperationDescription | undefined>(OPERATION, handler);
    return description?.body !== undefined || description?.ignoresBody === true || hasBodyParameter(context);
  }
}

/** Whether a parameter of the handler has the decorator `@Body()`. */
function hasBodyParameter(context: ExecutionContext): boolean {
  const parameters = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as
    Record<string, unknown> | undefined;
  return Object.keys(parameters ?? {}).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
}
