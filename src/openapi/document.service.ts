import { Injectable, type INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';

/** The OpenAPI document of the running app, built on first use. */
@Injectable()
export class DocumentService {
  private app?: INestApplication;
  private built?: Promise<OpenAPIObject>;

  /** Called by the bootstrap: Nest gives the application only to the code that creates it. */
  describe(app: INestApplication): void {
    this.app = app;
  }

  get document(): Promise<OpenAPIObject> {
    return (this.built ??= this.build());
  }

  private async build(): Promise<OpenAPIObject> {
    // Loaded lazily: @nestjs/swagger and its dependencies are a quarter of all modules and of the start-up time.
    const { buildDocument } = await import('./document.builder.js');
    return buildDocument(this.app!);
  }
}
