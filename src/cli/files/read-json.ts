import { readFileSync } from 'node:fs';
import { UsageError } from '../usage-error.ts';
import { faultOf } from './read-bytes.ts';

/** What a JSON file holds that a flag names. */
export function readJson(file: string, flag: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${flag} ${file} ${faultOf(error)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`${flag} ${file} is not JSON: ${error.message}`);
  }
}
