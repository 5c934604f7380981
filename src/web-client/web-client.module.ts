import { Module } from '@nestjs/common';
import { ServeStaticModule } from '@nestjs/serve-static';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../config/project-root.js';

/** Only for the pages of public/: they may run their own scripts and send requests to their own origin. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // The QR code for authenticator apps is a data: URL in a response of the API.
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** The paths of the client's page: the root, and the targets of links in mails and of sign-ins by a provider. */
const PAGES = /^\/(?:reset-password|verify-email|undo-email-change|second-factor)?$/;

/**
 * Serves public/ unchanged. Its routes come after those of the API and match only existing files, so that everything else gets
 * the JSON 404 of the API. The client's own URLs are fragments (`/#/login`).
 */
@Module({
  imports: [
    ServeStaticModule.forRoot({
      rootPath: join(PROJECT_ROOT, 'public'),
      renderPath: PAGES,
      serveStaticOptions: { acceptRanges: false, cacheControl: false, redirect: false, setHeaders },
    }),
  ],
})
export class WebClientModule {}

function setHeaders(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  // Browsers cache the files but revalidate each time: a new version is used at once, an unchanged one is not sent again.
  response.setHeader('Cache-Control', 'no-cache');
}
