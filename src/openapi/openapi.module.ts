import { Module } from '@nestjs/common';
import { DocumentService } from './document.service.js';
import { DocsController } from './docs.controller.js';
import { OpenApiController } from './openapi.controller.js';

@Module({ controllers: [OpenApiController, DocsController], providers: [DocumentService] })
export class OpenApiModule {}
