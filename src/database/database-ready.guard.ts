import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AppError } from '../errors/app.error.js';
import { DatabaseService } from './database.service.js';

export const WITHOUT_DATABASE = 'database:not-needed';

/** Marks routes that respond while the database is unavailable: health, documents. */
export const WithoutDatabase = () => SetMetadata(WITHOUT_DATABASE, true);

/** Global guard: responds 503 until the first connection is made and all indexes exist. */
@Injectable()
export class DatabaseReadyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly database: DatabaseService,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.database.ready) return true;
    if (this.reflector.getAllAndOverride<boolean>(WITHOUT_DATABASE, [context.getHandler(), context.getClass()]))
      return true;
    throw new AppError('database_unavailable');
  }
}
