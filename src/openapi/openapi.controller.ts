import { Controller, Get } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from '../http/public.decorator.js';
import { WithoutDatabase } from '../database/database-ready.guard.js';
import { DocumentService } from './document.service.js';
import { Operation } from '../http/operation.decorator.js';

const openApiSchema = z.looseObject({ openapi: z.string().meta({ examples: ['3.1.0'] }) });

@Public()
@WithoutDatabase()
@Controller('openapi.json')
export class OpenApiController {
  constructor(private readonly api: DocumentService) {}

  @Operation({ summary: 'This document', response: openApiSchema })
  @Get()
  async document(): Promise<OpenAPIObject & Record<string, unknown>> {
    return { ...(await this.api.document) };
  }
}
