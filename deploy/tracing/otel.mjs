/**
 * OpenTelemetry traces, loaded before the server:
 *   node --import ./deploy/tracing/otel.mjs dist/main.js
 * Exports by OTLP over HTTP; the standard OTEL_* variables configure it (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME).
 * Install its packages first: npm ci --prefix deploy/tracing
 *
 * The production bundle leaves Express and the MongoDB driver outside, so both can be instrumented. NestJS is inside the
 * bundle and is not. Reads that the server batches appear under the first request of their batch.
 */
import { register } from 'node:module';
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb';
import { NodeSDK } from '@opentelemetry/sdk-node';

register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);

const sdk = new NodeSDK({
  serviceName: process.env.OTEL_SERVICE_NAME ?? 'session-auth',
  instrumentations: [
    // Health checks would be most of all traces.
    new HttpInstrumentation({ ignoreIncomingRequestHook: ({ url }) => url?.startsWith('/health/') ?? false }),
    new ExpressInstrumentation({ ignoreLayersType: [ExpressLayerType.MIDDLEWARE] }),
    // Off: it would write the values of queries, password hashes and session ids among them, into spans.
    new MongoDBInstrumentation({ enhancedDatabaseReporting: false }),
  ],
});
sdk.start();

// The server ends by itself; the last spans go out before it does.
process.once('SIGTERM', () => void sdk.shutdown());
