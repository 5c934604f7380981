import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req, UseGuards } from '@nestjs/common';
import { CurrentSession } from '../sessions/current-user.decorator.js';
import { RecentSignInGuard } from '../sessions/recent-sign-in.guard.js';
import { Operation } from '../http/operation.decorator.js';
import type { ActiveSession, SignedInRequest } from '../sessions/session.types.js';
import { PasskeysEnabledGuard } from './passkeys-enabled.guard.js';
import {
  newPasskeyBody,
  passkeyChangesBody,
  type NewPasskeyBody,
  type PasskeyChangesBody,
} from './passkeys.schemas.js';
import { PasskeysService } from './passkeys.service.js';
import {
  creationSchema,
  passkeySchema,
  passkeysSchema,
  passkeyView,
  type CreationView,
  type PasskeysView,
  type PasskeyView,
} from './passkeys.views.js';

/** The passkeys of the signed-in user. */
@UseGuards(PasskeysEnabledGuard)
@Controller('users/me/passkeys')
export class PasskeysController {
  constructor(private readonly passkeys: PasskeysService) {}

  @Operation({
    summary: 'Options for a new passkey',
    description:
      'Input of `PublicKeyCredential.parseCreationOptionsFromJSON()`. Valid for five minutes in this session.',
    response: creationSchema,
    errors: ['not_found'],
  })
  @UseGuards(RecentSignInGuard)
  @HttpCode(200)
  @Post('options')
  async options(@CurrentSession() session: ActiveSession): Promise<CreationView> {
    return { options: await this.passkeys.options(session) };
  }

  @Operation({
    summary: 'Add a passkey',
    response: passkeySchema,
    errors: ['not_found', 'invalid_credential', 'passkey_exists', 'passkey_limit_reached'],
  })
  @UseGuards(RecentSignInGuard)
  @Post()
  async add(
    @Req() request: SignedInRequest,
    @Body({ schema: newPasskeyBody }) body: NewPasskeyBody,
  ): Promise<PasskeyView> {
    return passkeyView(await this.passkeys.add(request, body));
  }

  @Operation({ summary: 'The passkeys of the account, oldest first', response: passkeysSchema, errors: ['not_found'] })
  @Get()
  list(@CurrentSession() { user }: ActiveSession): Promise<PasskeysView> {
    return this.passkeys.list(user);
  }

  @Operation({ summary: 'Rename a passkey', response: passkeySchema, errors: ['not_found'] })
  @Patch(':id')
  async rename(
    @CurrentSession() { user }: ActiveSession,
    @Param('id') id: string,
    @Body({ schema: passkeyChangesBody }) { name }: PasskeyChangesBody,
  ): Promise<PasskeyView> {
    return passkeyView(await this.passkeys.rename(user, id, name));
  }

  @Operation({
    summary: 'Remove a passkey',
    description: 'Sessions that it signed in stay.',
    errors: ['not_found', 'last_sign_in_method', 'second_factor_setup_required'],
  })
  @UseGuards(RecentSignInGuard)
  @HttpCode(204)
  @Delete(':id')
  remove(@Req() request: SignedInRequest, @Param('id') id: string): Promise<void> {
    return this.passkeys.remove(request, id);
  }
}
