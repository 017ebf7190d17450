import type { Minor } from '../../algebra/version.ts';
import { judgeWith, kindsIn } from '../../context/judge.ts';
import type { Document, KubernetesObject } from '../../document/document.ts';
import { isKarpenters, nameAt } from '../../document/objects.ts';
import { loadSchemas } from '../../model/schema/load.ts';
import { effectOf } from '../../model/schema/violation.ts';
import { sentence } from '../problem-sentence.ts';

/** A proof asks Karpenter, which never sees what the API server refuses: that it is accepted is an assumption, and a false one. */
export async function refusedObjects(documents: readonly Document[], karpenter: Minor): Promise<readonly string[]> {
  const found = documents.flatMap(({ source, objects }) =>
    objects.filter(({ apiVersion, kind }) => isKarpenters(apiVersion, kind)).map((object) => ({ source, object })),
  );
  const judge = judgeWith(await loadSchemas(karpenter, kindsIn(found.map(({ object }) => object))));
  const isRefused = (object: KubernetesObject): boolean =>
    judge(object, undefined).some((violation) => effectOf(violation) === 'rejected');
  return found.flatMap(({ source, object }) => {
    if (!isRefused(object)) return [];
    const message = `${object.kind} is accepted, though the API server refuses it as it stands: \`poolproof lint\` says why`;
    return [sentence(source, { at: nameAt(object), message })];
  });
}
