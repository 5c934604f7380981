import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { MetricsService } from './metrics.service.js';
import { MetricsServer } from './metrics.server.js';

@Module({
  imports: [SessionsModule, UsersModule],
  providers: [MetricsService, MetricsServer],
  exports: [MetricsService],
})
export class MetricsModule {}
