import { compareQuantities } from '../../src/algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import { ScalarNode } from '../../src/document/node.ts';
import { amiFamilyOf } from '../../src/model/ami-family.ts';
import { asText, dictionary, texts } from '../../src/model/decode.ts';
import type { EC2NodeClass } from '../../src/model/ec2-node-class.ts';
import type { RuntimeCheck } from './runtime-check.ts';
import { spotOf } from './spot.ts';

export const nodeClassChecks: readonly RuntimeCheck<EC2NodeClass>[] = [
  { id: 'RT-EC-26', until: '1.14', check: emptyThresholds },
  { id: 'RT-EC-29', until: '1.14', severity: 'warning', check: furtherDnsAddresses },
  { id: 'RT-EC-34', check: noSpec },
  { id: 'RT-EC-44', since: '1.15', severity: 'warning', check: smallBottlerocketRoot },
];

function* emptyThresholds({ kubelet }: EC2NodeClass): Iterable<Finding> {
  const hard = dictionary(kubelet, 'evictionHard', asText);
  for (const signal of ['memory.available', 'nodefs.available']) {
    const value = hard?.get(signal);
    if (value?.value === '')
      yield {
        at: value.at,
        message: `an empty threshold for ${signal} makes the controller panic while it computes instance types`,
      };
  }
}

function* furtherDnsAddresses(nodeClass: EC2NodeClass): Iterable<Finding> {
  const addresses = texts(nodeClass.kubelet, 'clusterDNS');
  const family = amiFamilyOf(nodeClass);
  if (!addresses || addresses.items.length < 2 || family === undefined || family === 'AL2023' || family === 'Custom') return;
  yield {
    at: addresses.keyAt,
    message: `family ${family} uses the first of ${addresses.items.length} clusterDNS addresses only; Karpenter 1.15 refuses the others`,
  };
}

function* noSpec({ node, spec }: EC2NodeClass): Iterable<Finding> {
  const written = node.get('spec');
  if (spec || (written && !(written instanceof ScalarNode && written.value === null))) return;
  yield {
    at: spotOf(node),
    message: 'the class has no spec: the API takes it, and no AMI, subnet or security group is ever found for it',
  };
}

const smallestRoot = '6Gi';

function* smallBottlerocketRoot(nodeClass: EC2NodeClass): Iterable<Finding> {
  if (amiFamilyOf(nodeClass) !== 'Bottlerocket') return;
  for (const { deviceName, ebs } of nodeClass.blockDeviceMappings ?? []) {
    const size = ebs?.volumeSize;
    if (deviceName?.value !== '/dev/xvda' || !size) continue;
    const [written, least] = [parseQuantity(String(size.value)), parseQuantity(smallestRoot)];
    if (isQuantityFault(written) || isQuantityFault(least) || compareQuantities(written, least) >= 0) continue;
    yield {
      at: size.at,
      message: `Bottlerocket's system disk /dev/xvda of ${size.value} is smaller than its AMI's snapshot of ${smallestRoot}: EC2 refuses the launch`,
      assumptions: [`the snapshot of current Bottlerocket AMIs takes ${smallestRoot}`],
    };
  }
}
