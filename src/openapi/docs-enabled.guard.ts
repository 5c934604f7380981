import { Inject, Injectable, type CanActivate } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';

/** For routes that exist only where DOCS_ENABLED is on. */
@Injectable()
export class DocsEnabledGuard implements CanActivate {
  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {}

  canActivate(): boolean {
    if (this.config.docsEnabled) return true;
    throw new AppError('not_found');
  }
}
