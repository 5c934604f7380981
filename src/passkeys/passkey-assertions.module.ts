import { Module } from '@nestjs/common';
import { MailModule } from '../mail/mail.module.js';
import { UsersModule } from '../users/users.module.js';
import { ChallengesService } from './challenges.service.js';
import { PasskeyAssertionsService } from './passkey-assertions.service.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { PasskeyRemovalService } from './passkey-removal.service.js';
import { WebAuthnService } from './webauthn.service.js';

/** Verifies passkeys. Independent of routes, sessions and second factors, so that each of them can use it. */
@Module({
  imports: [MailModule, UsersModule],
  providers: [ChallengesService, PasskeyAssertionsService, PasskeyRemovalService, PasskeysRepository, WebAuthnService],
  exports: [ChallengesService, PasskeyAssertionsService, PasskeyRemovalService, PasskeysRepository, WebAuthnService],
})
export class PasskeyAssertionsModule {}
