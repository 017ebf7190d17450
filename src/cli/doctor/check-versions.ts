import { atLeast, karpenterMinors, type Minor, minorOf } from '../../algebra/version.ts';
import { loadSchemas } from '../../model/schema/load.ts';
import { karpenterIn, kubernetesVersionIn } from '../cluster/cluster-facts.ts';
import { type Check, ok, unknown, wrong } from './check.ts';
import { fieldsAt, fieldsOfCrd } from './crd-fields.ts';
import type { Looker } from './looker.ts';

/** The first Kubernetes with matchConditions, without which the webhook would judge Karpenter's own writes. */
const OLDEST_KUBERNETES = '1.30';

/** Kubernetes, Karpenter, its CRDs, and what the configuration says of them. `configured`: undefined where it says nothing. */
export async function checkVersions(look: Looker, configured: string | undefined): Promise<readonly Check[]> {
  const deployments = await look.all('/apis/apps/v1/deployments');
  const karpenter = deployments && karpenterIn(deployments.map((one) => ({ ...Object(one), kind: 'Deployment' })));
  const installed = karpenter?.version;
  return [
    await kubernetes(look),
    deployments
      ? installedCheck(installed, configured)
      : unknown('karpenter-version', 'may not list deployments', 'let this account list deployments'),
    ...(await crds(look, installed ?? configured)),
  ];
}

async function kubernetes(look: Looker): Promise<Check> {
  const found = await look.at('/version');
  const version = found.is === 'there' ? kubernetesVersionIn(found.value) : undefined;
  if (version === undefined)
    return unknown('kubernetes-version', 'the API server does not tell its version', 'ask it: kubectl version');
  if (atLeast(version, OLDEST_KUBERNETES)) return ok('kubernetes-version', `Kubernetes ${version}`);
  const says = `Kubernetes ${version} has no stable matchConditions, so the webhook would judge Karpenter's own writes`;
  return wrong('kubernetes-version', says, `upgrade to ${OLDEST_KUBERNETES} or later`);
}

function installedCheck(installed: string | undefined, configured: string | undefined): Check {
  const id = 'karpenter-version';
  if (installed === undefined) return ok(id, 'no Deployment of Karpenter in this cluster (it may run elsewhere)');
  if (!karpenterMinors.includes(minorOf(installed)))
    return wrong(id, `Karpenter ${installed} is none that this poolproof knows`, 'take a poolproof that does: the newest one');
  if (configured !== undefined && minorOf(configured) !== minorOf(installed))
    return wrong(
      id,
      `Karpenter ${installed} runs, and the configuration says ${configured}`,
      `set karpenterVersion: "${minorOf(installed)}" in poolproof.yaml`,
    );
  return ok(id, `Karpenter ${installed}`);
}

const kinds = [
  { kind: 'NodePool', crd: 'nodepools.karpenter.sh', apiVersion: 'karpenter.sh/v1' },
  { kind: 'EC2NodeClass', crd: 'ec2nodeclasses.karpenter.k8s.aws', apiVersion: 'karpenter.k8s.aws/v1' },
] as const;

/** Helm does not upgrade CRDs: after an upgrade of Karpenter they are often those of before. */
async function crds(look: Looker, version: string | undefined): Promise<readonly Check[]> {
  const minor = version === undefined ? undefined : minorOf(version);
  const schemas =
    minor && karpenterMinors.includes(minor)
      ? await loadSchemas(
          minor,
          kinds.map(({ kind }) => kind),
        )
      : undefined;
  const checks: Check[] = [];
  for (const { kind, crd, apiVersion } of kinds) {
    const id = `crd-${kind.toLowerCase()}`;
    const found = await look.at(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${crd}`);
    const field = schemas?.get(apiVersion, kind)?.field;
    if (found.is === 'hidden')
      checks.push(unknown(id, `may not read ${crd}: ${found.why}`, 'let this account get customresourcedefinitions'));
    else if (found.is === 'absent') {
      if (kind === 'NodePool')
        checks.push(wrong(id, `there is no ${crd}`, 'install the CRDs of Karpenter (chart karpenter-crd)'));
    } else if (!minor || !field) checks.push(ok(id, `${crd} is there; of which version cannot be told without Karpenter's`));
    else checks.push(compared(id, crd, fieldsOfCrd(found.value), fieldsAt(field, minor), minor));
  }
  return checks;
}

function compared(id: string, crd: string, has: ReadonlySet<string>, wanted: ReadonlySet<string>, minor: Minor): Check {
  const lacks = [...wanted].filter((field) => !has.has(field));
  const more = [...has].filter((field) => !wanted.has(field));
  if (lacks.length === 0 && more.length === 0) return ok(id, `${crd} is that of Karpenter ${minor}`);
  const difference = lacks.length > 0 ? `lacks ${shown(lacks)}` : `has ${shown(more)}, which Karpenter ${minor} does not know`;
  return wrong(id, `${crd} is not that of Karpenter ${minor}: it ${difference}`, `upgrade the chart karpenter-crd to ${minor}`);
}

function shown(fields: readonly string[]): string {
  const [first = '', ...rest] = fields;
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}
