import { Global, Module } from '@nestjs/common';
import { MailSecrets } from './mail-secrets.service.js';
import { Mailer } from './mailer.service.js';
import { NoticesService } from './notices.service.js';

@Global()
@Module({
  providers: [MailSecrets, Mailer, NoticesService],
  exports: [MailSecrets, Mailer, NoticesService],
})
export class MailModule {}
