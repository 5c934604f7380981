import type { MongoClient } from 'mongodb';

/** Whether the URI names a database; the driver's default is `test`. */
export const namesDatabase = (uri: string): boolean => /^mongodb(\+srv)?:\/\/[^/]+\/[^?]/.test(uri);

/** The servers of the URI. Leaves out its other parts, which may hold a password. */
export const serversOf = ({ options }: MongoClient): string => options.srvHost ?? options.hosts.map(String).join(', ');
