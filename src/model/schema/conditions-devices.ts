import { type Condition, type KindName, placed, type StringMap } from './condition.ts';
import { shown } from './shown.ts';

const both: readonly KindName[] = ['EC2NodeClass v1', 'EC2NodeClass v1beta1'];

const oneRoot: Condition<readonly { readonly rootVolume?: boolean }[]> = {
  id: 'EC-BDM-ONE-ROOT',
  on: placed(both, 'spec.blockDeviceMappings'),
  *check(mappings) {
    const first = mappings.findIndex(({ rootVolume }) => rootVolume === true);
    for (const [index, { rootVolume }] of mappings.entries()) {
      if (rootVolume !== true || index === first) continue;
      yield { path: [index, 'rootVolume'], message: 'only one volume can be the root volume', related: [[first, 'rootVolume']] };
    }
  },
};

interface Ebs {
  readonly snapshotID?: string;
  readonly volumeSize?: string;
  readonly volumeInitializationRate?: number;
}

const ebsSource: Condition<Ebs> = {
  id: 'EC-EBS-SOURCE',
  on: placed(both, 'spec.blockDeviceMappings[].ebs'),
  keysOnly: true,
  *check({ snapshotID, volumeSize }) {
    if (snapshotID === undefined && volumeSize === undefined)
      yield { path: [], message: 'the volume has neither volumeSize nor snapshotID, so nobody knows how big it is' };
  },
};

const initializationRate: Condition<Ebs> = {
  id: 'EC-EBS-INITRATE',
  on: placed(['EC2NodeClass v1'], 'spec.blockDeviceMappings[].ebs', { since: '1.5' }),
  reads: ['snapshotID'],
  *check({ snapshotID, volumeInitializationRate: rate }) {
    if (rate !== undefined && !snapshotID)
      yield {
        path: ['volumeInitializationRate'],
        message: `volumeInitializationRate ${shown(rate)} needs snapshotID: only a volume made from a snapshot is initialized`,
      };
  },
};

interface NetworkInterface {
  readonly networkCardIndex: number;
  readonly deviceIndex: number;
  readonly interfaceType: string;
}

const interfaces = placed(['EC2NodeClass v1'], 'spec.networkInterfaces', { since: '1.11' });

const primaryInterface: Condition<readonly NetworkInterface[]> = {
  id: 'EC-NIC-PRIMARY',
  on: interfaces,
  *check(list) {
    const isPrimary = ({ deviceIndex, networkCardIndex, interfaceType }: NetworkInterface): boolean =>
      deviceIndex === 0 && networkCardIndex === 0 && interfaceType === 'interface';
    if (list.length > 0 && !list.some(isPrimary))
      yield {
        path: [],
        message: 'no entry is the primary interface: networkCardIndex 0, deviceIndex 0, interfaceType interface',
      };
  },
};

const uniqueInterfaces: Condition<readonly NetworkInterface[]> = {
  id: 'EC-NIC-UNIQUE',
  on: interfaces,
  *check(list) {
    const slots = new Map<string, number>();
    const efaOnly = new Map<number, number>();
    for (const [index, { networkCardIndex: card, deviceIndex: device, interfaceType }] of list.entries()) {
      const slot = slots.get(`${card} ${device}`);
      if (slot === undefined) slots.set(`${card} ${device}`, index);
      else {
        const message = `networkCardIndex ${card} with deviceIndex ${device} is taken by an earlier entry`;
        yield { path: [index, 'deviceIndex'], message, related: [[slot, 'deviceIndex']] };
      }
      if (interfaceType !== 'efa-only') continue;
      const other = efaOnly.get(card);
      if (other === undefined) efaOnly.set(card, index);
      else if (slot === undefined) {
        const message = `network card ${card} already has an interface of type efa-only, and takes one`;
        yield { path: [index, 'interfaceType'], message, related: [[other, 'interfaceType']] };
      }
    }
  },
};

interface PlacementGroup {
  readonly name?: string;
  readonly id?: string;
}

const placementGroup = placed(['EC2NodeClass v1'], 'spec.placementGroupSelector', { since: '1.11' });

const placementGroupNonempty: Condition<PlacementGroup> = {
  id: 'EC-PG-NONEMPTY',
  on: placementGroup,
  keysOnly: true,
  *check({ name, id }) {
    if (name === undefined && id === undefined)
      yield { path: [], message: 'the selector names no placement group: it needs name or id' };
  },
};

const placementGroupOne: Condition<PlacementGroup> = {
  id: 'EC-PG-ONE',
  on: placementGroup,
  keysOnly: true,
  *check({ name, id }) {
    if (name !== undefined && id !== undefined)
      yield { path: ['id'], message: `name "${shown(name)}" and id "${shown(id)}" exclude each other`, related: [['name']] };
  },
};

const timeouts = ['tcpEstablishedTimeout', 'udpStreamTimeout', 'udpTimeout'];

const connectionTracking: Condition<{ readonly [field: string]: unknown }> = {
  id: 'EC-CONNTRACK-NONEMPTY',
  on: placed(['EC2NodeClass v1'], 'spec.connectionTracking', { since: '1.13' }),
  keysOnly: true,
  *check(tracking) {
    if (timeouts.every((field) => tracking[field] === undefined))
      yield { path: [], message: `connectionTracking sets nothing: it needs one of ${timeouts.join(', ')}` };
  },
};

function noTag(
  id: string,
  kinds: readonly KindName[],
  isRefused: (key: string) => boolean,
  message: (key: string) => string,
): Condition<StringMap> {
  return {
    id,
    on: placed(kinds, 'spec.tags'),
    keysOnly: true,
    check: (tags) => {
      const refused = Object.keys(tags).filter(isRefused);
      return refused.map((key) => ({ path: [key], message: message(key) }));
    },
  };
}

const setByKarpenter = (key: string): string => `Karpenter sets the tag "${key}" itself and the API refuses it here`;
const only =
  (refused: string) =>
  (key: string): boolean =>
    key === refused;

export const deviceConditions: readonly Condition[] = [
  oneRoot,
  ebsSource,
  initializationRate,
  primaryInterface,
  uniqueInterfaces,
  placementGroupNonempty,
  placementGroupOne,
  connectionTracking,
  noTag('EC-TAGS-NO-CLUSTER', both, (key) => key.startsWith('kubernetes.io/cluster'), setByKarpenter),
  noTag('EC-TAGS-NO-CLUSTERNAME', ['EC2NodeClass v1'], only('eks:eks-cluster-name'), setByKarpenter),
  noTag('EC-TAGS-NO-MANAGEDBY', ['EC2NodeClass v1beta1'], only('karpenter.sh/managed-by'), setByKarpenter),
  noTag('EC-TAGS-NO-NODECLAIM', both, only('karpenter.sh/nodeclaim'), setByKarpenter),
  noTag('EC-TAGS-NO-NODECLASS', both, only('karpenter.k8s.aws/ec2nodeclass'), setByKarpenter),
  noTag('EC-TAGS-NO-NODEPOOL', both, only('karpenter.sh/nodepool'), setByKarpenter),
  noTag('EC-TAGS-NONEMPTY-KEY', both, only(''), () => 'a tag needs a key'),
];
