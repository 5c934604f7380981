import { Global, Module } from '@nestjs/common';
import { ActivityController } from '../account/activity.controller.js';
import { AuditService } from './audit.service.js';

@Global()
@Module({ controllers: [ActivityController], providers: [AuditService], exports: [AuditService] })
export class AuditModule {}
