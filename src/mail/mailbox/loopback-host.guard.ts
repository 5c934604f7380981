import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../../errors/app.error.js';
import { isLoopback } from '../../net/ip-address.js';

/** 404 unless the Host is this machine. Prevents DNS rebinding: a site whose name resolves to 127.0.0.1 cannot read mails. */
@Injectable()
export class LoopbackHostGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { host = '' } = context.switchToHttp().getRequest<Request>().headers;
    if (isLoopback(host.replace(/:\d+$/, '').toLowerCase())) return true;
    throw new AppError('not_found');
  }
}
