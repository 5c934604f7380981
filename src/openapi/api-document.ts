import { Injectable, type INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { buildDocument } from './document.js';

/** The document of the running app, made when it is first asked for. */
@Injectable()
export class ApiDocument {
  private app?: INestApplication;
  private built?: OpenAPIObject;

  /** Nest hands the application to whoever creates it and to nobody else. */
  describe(app: INestApplication): void {
    this.app = app;
  }

  get document(): OpenAPIObject {
    return (this.built ??= buildDocument(this.app!));
  }
}
