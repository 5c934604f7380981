import type { INestApplication, Type } from '@nestjs/common';
import { GUARDS_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { IS_PUBLIC } from '../http/public.decorator.js';
import { SecondFactorGuard } from '../second-factor/second-factor.guard.js';
import { RecentSignInGuard } from '../sessions/recent-sign-in.guard.js';
import { WITHOUT_DATABASE } from '../database/database-ready.guard.js';
import { OPERATION, type OperationDescription } from '../http/operation.decorator.js';

/** The declarations of a route, from its decorators. */
export interface DescribedRoute {
  description?: OperationDescription;
  isPublic: boolean;
  withoutDatabase: boolean;
  needsRecentSignIn: boolean;
  needsSecondFactor: boolean;
}

/** `users_signUp`: unique, as class names are. */
export function operationId(controller: string, method: string): string {
  return `${controller.charAt(0).toLowerCase()}${controller.slice(1).replace(/Controller$/, '')}_${method}`;
}

/** Every handler of every controller, by operation id. */
export function describedRoutes(app: INestApplication): Map<string, DescribedRoute> {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  const types = new Set(controllers.map(({ metatype }) => metatype as Type<object>));
  return new Map([...types].flatMap(routesOf));
}

function routesOf(controller: Type<object>): [string, DescribedRoute][] {
  const prototype = controller.prototype as Record<string, object>;
  const names = new MetadataScanner().getAllMethodNames(prototype);
  return names.map((name) => [operationId(controller.name, name), describe(prototype[name]!, controller)]);
}

function describe(handler: object, controller: object): DescribedRoute {
  const said = (key: string): unknown => Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller);
  const guards = [handler, controller].flatMap((on) => (Reflect.getMetadata(GUARDS_METADATA, on) as unknown[]) ?? []);
  return {
    description: Reflect.getMetadata(OPERATION, handler) as OperationDescription | undefined,
    isPublic: said(IS_PUBLIC) === true,
    withoutDatabase: said(WITHOUT_DATABASE) === true,
    needsRecentSignIn: guards.includes(RecentSignInGuard),
    needsSecondFactor: guards.includes(SecondFactorGuard),
  };
}
