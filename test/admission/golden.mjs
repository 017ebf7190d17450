// Reviews as a real API server sent them, with what was answered: one of each kind, few enough to keep.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `objects` are those of the cluster of which the reviews were rehearsals. */
export function keep(kept, objects) {
  const byShape = new Map();
  for (const { path, review, answer } of kept) {
    const { request } = review;
    if (!request.dryRun) continue;
    const { decision, mode } = answer.response.auditAnnotations;
    const who = request.userInfo.username.startsWith('system:') ? 'karpenter' : 'user';
    const key = [
      request.operation,
      request.subResource,
      request.options?.kind,
      Boolean(request.object?.metadata?.generateName),
      who,
      mode,
      decision,
    ].join();
    if (!byShape.has(key)) byShape.set(key, { path, review, answer });
  }
  const reviews = [...byShape.values()].map((entry) => JSON.stringify(entry, slim)).join(',\n');
  const around = objects.map((object) => JSON.stringify(object, slim)).join(',\n');
  writeFileSync(join(import.meta.dirname, 'golden.json'), `{"objects": [\n${around}\n],\n"reviews": [\n${reviews}\n]}\n`);
  console.log(`kept ${byShape.size} of ${kept.length} reviews`);
}

/** Who manages which field takes more room than all else, and nobody reads it. */
function slim(key, value) {
  return key === 'managedFields' ? value.slice(0, 1).map(({ fieldsV1: _, ...rest }) => ({ ...rest, fieldsV1: {} })) : value;
}
