import { Injectable, type INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';

/** The document of the running app, made when it is first asked for. */
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
    // Imported here only: @nestjs/swagger and what it needs are a quarter of all modules, and of the time of a start.
    const { buildDocument } = await import('./document.builder.js');
    return buildDocument(this.app!);
  }
}
