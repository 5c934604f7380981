import { readFileSync } from 'node:fs';

export const COLLECTION_FILE = 'postman_collection.json';

interface Script {
  listen: 'prerequest' | 'test';
  script: { exec: string[] };
}

export interface PostmanRequest {
  name: string;
  event?: Script[];
  request: { method: string; url: { raw: string; path: string[] } };
}

interface Folder {
  name: string;
  item: (Folder | PostmanRequest)[];
}

export interface Collection extends Folder {
  info: { description: string };
  event: Script[];
  variable: { key: string; value: string }[];
}

export function readCollection(): Collection {
  return JSON.parse(readFileSync(COLLECTION_FILE, 'utf8')) as Collection;
}

/** All requests, including those in folders. */
export function requestsOf({ item }: Folder): PostmanRequest[] {
  return item.flatMap((entry) => ('item' in entry ? requestsOf(entry) : [entry]));
}

/** All folders that contain requests directly. */
export function foldersOf({ item }: Folder): Folder[] {
  return item.flatMap((entry) =>
    'item' in entry ? [...(holdsRequests(entry) ? [entry] : []), ...foldersOf(entry)] : [],
  );
}

function holdsRequests({ item }: Folder): boolean {
  return item.some((entry) => !('item' in entry));
}

/** The number of assertions in the test scripts. */
export function assertionsIn(events: Script[] = []): number {
  const source = events.flatMap(({ listen, script }) => (listen === 'test' ? script.exec : [])).join('\n');
  return source.split('pm.test(').length - 1;
}
