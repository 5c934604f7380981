import { Global, Module } from '@nestjs/common';
import { OutboxAttemptsService } from './outbox-attempts.service.js';
import { OutboxRepository } from './outbox.repository.js';
import { OutboxService } from './outbox.service.js';
import { OutboxWorkerService } from './outbox-worker.service.js';

@Global()
@Module({
  providers: [OutboxAttemptsService, OutboxRepository, OutboxService, OutboxWorkerService],
  exports: [OutboxRepository, OutboxService],
})
export class OutboxModule {}
