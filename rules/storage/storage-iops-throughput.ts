import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { BlockDevice } from '../../src/model/ec2-node-class.ts';

export const storageIopsThroughput: Rule<'EC2NodeClass'> = {
  id: 'storage-iops-throughput',
  code: 'PP1007',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  summary: 'a volume that EC2 refuses',
  why: 'The API checks none of these numbers; EC2 does, at launch: every node of the class fails to start.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specblockdevicemappings',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 100Gi, volumeType: gp2, throughput: 250 } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 100Gi, volumeType: gp3, throughput: 250 } }]
  `,
  cel: `
    variables.blockDeviceMappings.filter(m, has(m.ebs)).map(m, m.ebs).all(
      e,
      !has(e.volumeType)
        || e.volumeType == 'gp3'
        ? (!has(e.iops) || (e.iops >= 3000 && e.iops <= 16000))
        && (
          !has(e.throughput)
            || (e.throughput >= 125 && e.throughput <= 1000 && 4 * e.throughput <= (has(e.iops) ? e.iops : 3000))
        )
        : !has(e.throughput)
        && has(e.iops) == (e.volumeType in ['io1', 'io2'])
    )
  `,
  mildest: 'warning',

  *check({ blockDeviceMappings }) {
    for (const { ebs } of blockDeviceMappings ?? []) {
      if (!ebs) continue;
      for (const { at, message, severity } of faultsOf(ebs))
        yield { at, message, ...(severity && { severity }), assumptions: [`EC2 limits of ${LIMITS_OF}`] };
    }
  },
};

const LIMITS_OF = '2026-11';

/** AWS raised the maxima of gp3 in 2025; accounts and regions that have the old ones may remain. */
const gp3 = { iops: { least: 3000, old: 16_000, most: 80_000 }, throughput: { least: 125, old: 1000, most: 2000 } };

function* faultsOf({ volumeType, iops, throughput, at }: BlockDevice): Iterable<Finding> {
  const type = volumeType?.value ?? 'gp3';
  if (type === 'gp3') {
    for (const [name, field] of [
      ['iops', iops],
      ['throughput', throughput],
    ] as const) {
      const { least, old, most } = gp3[name];
      if (!field) continue;
      if (field.value < least || field.value > most)
        yield { at: field.at, message: `${name} ${field.value}: gp3 takes ${least} to ${most}` };
      else if (field.value > old)
        yield {
          at: field.at,
          severity: 'warning',
          message: `${name} ${field.value}: above ${old} gp3 needs the limits that AWS raised in 2025`,
        };
    }
    if (throughput && throughput.value > (iops?.value ?? gp3.iops.least) / 4)
      yield {
        at: throughput.at,
        message: `throughput ${throughput.value} needs ${throughput.value * 4} iops (a quarter MiB/s for each); here are ${iops?.value ?? gp3.iops.least}`,
      };
    return;
  }
  if (throughput) yield { at: throughput.keyAt, message: `only gp3 has a throughput; this volume is ${type}` };
  if (iops && !/^io[12]$/.test(type)) yield { at: iops.keyAt, message: `${type} takes no iops` };
  if (!iops && /^io[12]$/.test(type)) yield { at: volumeType?.at ?? at, message: `${type} needs iops` };
}
