import { parseNillableDuration } from '../../src/algebra/duration.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { Located } from '../../src/text/place.ts';

/** Texts that pass the pattern of every CRD and that Go cannot decode, so that the controller can no longer list the kind. */
export function* durationFindings(plural: string, durations: Iterable<Located<string> | undefined>): Iterable<Finding> {
  for (const duration of durations) {
    if (!duration || parseNillableDuration(duration.value) !== undefined) continue;
    yield {
      at: duration.at,
      message: `"${duration.value}" is no duration for Go, whose longest is 2562047h: the controller fails to list ${plural}, this one and all others`,
    };
  }
}
