import { z } from 'zod';

export interface JsonSchema {
  [keyword: string]: unknown;
}

export type Components = Record<string, JsonSchema>;

export interface Converted {
  schema: JsonSchema;
  /** Named schemas: `.meta({ id })`. */
  components: Components;
}

/** @param io `input` for requests, `output` for responses */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): Converted {
  const { $schema: _, $defs: components = {}, ...converted } = z.toJSONSchema(schema, { io, override: simplify });
  const text = JSON.stringify({ schema: converted, components });
  return JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')) as Converted;
}

/**
 * Dates and UUIDs are formats that every tool knows; their patterns would only make the document hard to read. Generated
 * clients in typed languages do not compile with integer constants of the type `number`, or with boolean constants.
 */
function simplify({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.format === 'date-time' || jsonSchema.format === 'uuid') delete jsonSchema.pattern;
  const values = Array.isArray(jsonSchema.enum) ? jsonSchema.enum : [jsonSchema.const];
  if (jsonSchema.type === 'number' && values.every(Number.isInteger)) jsonSchema.type = 'integer';
  if (typeof jsonSchema.const !== 'boolean') return;
  jsonSchema.examples ??= [jsonSchema.const];
  delete jsonSchema.const;
}

const SAMPLES: Record<string, unknown> = {
  uuid: '5b0c6f6e-6f5e-4c39-9f0e-2f3a0f1b7c55',
  'date-time': '2026-11-24T09:30:00.000Z',
};

/** An instance of the schema, composed of the examples of its parts. */
export function exampleOf(schema: JsonSchema, components: Components): unknown {
  const { $ref, properties, items, example, examples = [example], default: preset, enum: choices, format } = schema;
  if (typeof $ref === 'string') return exampleOf(components[$ref.split('/').at(-1)!]!, components);
  if (Array.isArray(examples) && examples[0] !== undefined) return examples[0];
  if (preset !== undefined) return preset;
  if (Array.isArray(choices)) return choices[0];
  if (items) return [exampleOf(items as JsonSchema, components)];
  if (!properties) return 'const' in schema ? schema.const : SAMPLES[String(format)];
  const entries = Object.entries(properties as Record<string, JsonSchema>);
  return Object.fromEntries(entries.map(([name, property]) => [name, exampleOf(property, components)]));
}
