import type { Settings } from '../../config/settings.ts';
import { type AwsFacts, awsFacts } from '../../context/aws-facts.ts';
import { Reading } from '../../model/cluster/read.ts';
import { readJson } from '../files/read-json.ts';
import { UsageError } from '../usage-error.ts';

/** What the files of `--aws-facts` say together. */
export function awsFactsFor({ awsFacts: files = [] }: Settings): AwsFacts | undefined {
  if (files.length === 0) return undefined;
  const answers = files.map((file) => {
    const reading = new Reading();
    const answer = readJson(file, '--aws-facts');
    awsFacts([answer], reading);
    const [first, ...rest] = reading.problems;
    if (first)
      throw new UsageError(`--aws-facts ${file}: ${first}${rest.length > 0 ? ` (and ${rest.length} more mistakes)` : ''}`);
    return answer;
  });
  return awsFacts(answers, new Reading());
}
