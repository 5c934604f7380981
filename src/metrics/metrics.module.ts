import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { Metrics } from './metrics.service.js';
import { MetricsServer } from './metrics.server.js';

@Module({ imports: [SessionsModule, UsersModule], providers: [Metrics, MetricsServer], exports: [Metrics] })
export class MetricsModule {}
