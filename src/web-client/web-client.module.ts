import { Module } from '@nestjs/common';
import { ServeStaticModule } from '@nestjs/serve-static';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../config/project-root.js';

/** For the pages of public/ alone: they run their own scripts, talk to their own origin, and nothing else. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // The QR code of an authenticator app comes with a response of the API.
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Where the client's page is served: at the top, and where links in mails and sign-ins by a provider lead. */
const PAGES = /^\/(?:reset-password|verify-email|undo-email-change|second-factor)?$/;

/**
 * Serves public/ as it is. Its routes come after the API's and take only the addresses of files that are there, so
 * everything else stays the API's JSON 404; the client's own addresses are fragments (`/#/login`).
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
  // Kept by browsers, but asked about each time: a new version is there at once, an unchanged one is not sent again.
  response.setHeader('Cache-Control', 'no-cache');
}
