import { Global, Module } from '@nestjs/common';
import { MailSecretsService } from './mail-secrets.service.js';
import { MailerService } from './mailer.service.js';
import { NoticesService } from './notices.service.js';

@Global()
@Module({
  providers: [MailSecretsService, MailerService, NoticesService],
  exports: [MailSecretsService, MailerService, NoticesService],
})
export class MailModule {}
