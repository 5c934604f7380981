import { Controller, Get, Header, Param, Res, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Public } from '../http/public.decorator.js';
import { WithoutDatabase } from '../database/database-ready.guard.js';
import { AppError } from '../errors/app.error.js';
import { DocsEnabledGuard } from './docs-enabled.guard.js';
import { CONTENT_SECURITY_POLICY, PAGE, START_SCRIPT } from './docs.page.js';
import { Operation } from '../http/operation.decorator.js';

/** The Swagger UI that @nestjs/swagger ships. */
const swagger = createRequire(createRequire(import.meta.url).resolve('@nestjs/swagger'));
const SWAGGER_UI = dirname(swagger.resolve('swagger-ui-dist/package.json'));

const FILES = new Set(['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']);

/** Swagger UI for the document. Its requests go to this server with the session cookie of the browser. */
@Public()
@WithoutDatabase()
@UseGuards(DocsEnabledGuard)
@Controller('docs')
export class DocsController {
  @Operation({ summary: 'This document as a page to try it on', type: 'text/html', errors: ['not_found'] })
  @Header('Content-Security-Policy', CONTENT_SECURITY_POLICY)
  @Get()
  page(@Res() response: Response): void {
    response.type('html').send(PAGE);
  }

  @Operation({ summary: 'Swagger UI assets', type: '*/*', errors: ['not_found'] })
  @Get(':file')
  file(@Param('file') file: string, @Res() response: Response): void {
    if (file === 'start.js') response.type('js').send(START_SCRIPT);
    else if (FILES.has(file)) response.sendFile(file, { root: SWAGGER_UI, acceptRanges: false });
    else throw new AppError('not_found');
  }
}
