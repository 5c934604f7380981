import { Inject, Injectable, type CanActivate } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';

/** Responds 404 while passkeys are off: the settings name no domain to bind them to. */
@Injectable()
export class PasskeysEnabledGuard implements CanActivate {
  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {}

  canActivate(): boolean {
    if (this.config.passkeys) return true;
    throw new AppError('not_found');
  }
}
