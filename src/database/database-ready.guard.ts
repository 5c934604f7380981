import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AppError } from '../errors/app.error.js';
import { DatabaseService } from './database.service.js';

export const WITHOUT_DATABASE = 'database:not-needed';

/** For routes that answer while the database is away: health, documents. */
export const WithoutDatabase = () => SetMetadata(WITHOUT_DATABASE, true);

/** Global: until the first connection is made and the indexes are there, an answer would be a lie or a wait. */
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
