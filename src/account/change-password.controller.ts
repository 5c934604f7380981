import { Controller, Get, HttpCode, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Public } from '../http/public.decorator.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { WithoutDatabase } from '../database/database-ready.guard.js';
import { Operation } from '../http/operation.decorator.js';

/** @see https://www.w3.org/TR/change-password-url/ */
@Controller('.well-known/change-password')
export class ChangePasswordController {
  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {}

  @Operation({
    summary: 'Go to the page where the password is changed',
    description: 'For password managers.',
    headers: ['Location'],
  })
  @Public()
  @WithoutDatabase()
  @HttpCode(302)
  @Get()
  get(@Res({ passthrough: true }) response: Response): void {
    response.location(`${this.config.frontendUrl}/#/account`);
  }
}
