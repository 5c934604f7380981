import type { MongoClient } from 'mongodb';

/** Whether the address itself names a database; the driver would go to one called `test`. */
export const namesDatabase = (uri: string): boolean => /^mongodb(\+srv)?:\/\/[^/]+\/[^?]/.test(uri);

/** The servers, in words that hold nothing else of the address: it may hold a password. */
export const serversOf = ({ options }: MongoClient): string => options.srvHost ?? options.hosts.map(String).join(', ');
