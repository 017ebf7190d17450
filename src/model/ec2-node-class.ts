import type { MapNode, Node } from '../document/node.ts';
import type { Located } from '../text/place.ts';
import {
  asText,
  child,
  type Dictionary,
  dictionary,
  flag,
  integer,
  type List,
  list,
  map,
  type Placed,
  quantity,
  text,
  view,
} from './decode.ts';

/** karpenter.k8s.aws/v1 EC2NodeClass as written, without defaults. */
export interface EC2NodeClass extends Placed {
  readonly node: MapNode;
  readonly name: Located<string> | undefined;
  readonly labels: Dictionary<Located<string>> | undefined;
  readonly annotations: Dictionary<Located<string>> | undefined;
  readonly spec: Placed | undefined;
  readonly amiFamily: Located<string> | undefined;
  readonly amiSelectorTerms: List<AmiSelectorTerm> | undefined;
  readonly subnetSelectorTerms: List<SelectorTerm> | undefined;
  readonly securityGroupSelectorTerms: List<SelectorTerm> | undefined;
  readonly capacityReservationSelectorTerms: List<CapacityReservationSelectorTerm> | undefined;
  readonly role: Located<string> | undefined;
  readonly instanceProfile: Located<string> | undefined;
  readonly userData: Located<string> | undefined;
  readonly tags: Dictionary<Located<string>> | undefined;
  /** An open map from Karpenter 1.15 on. */
  readonly kubelet: MapNode | undefined;
  readonly blockDeviceMappings: List<BlockDeviceMapping> | undefined;
  readonly instanceStorePolicy: Located<string> | undefined;
  readonly metadataOptions: MetadataOptions | undefined;
  readonly detailedMonitoring: Located<boolean> | undefined;
  readonly associatePublicIPAddress: Located<boolean> | undefined;
  readonly context: Located<string> | undefined;
  readonly networkInterfaces: List<NetworkInterface> | undefined;
}

export interface SelectorTerm extends Placed {
  readonly tags: Dictionary<Located<string>> | undefined;
  readonly id: Located<string> | undefined;
  readonly name: Located<string> | undefined;
}

export interface AmiSelectorTerm extends SelectorTerm {
  readonly alias: Located<string> | undefined;
  readonly owner: Located<string> | undefined;
  readonly ssmParameter: Located<string> | undefined;
}

export interface CapacityReservationSelectorTerm extends Placed {
  readonly tags: Dictionary<Located<string>> | undefined;
  readonly id: Located<string> | undefined;
  readonly ownerID: Located<string> | undefined;
  readonly instanceMatchCriteria: Located<string> | undefined;
}

export interface BlockDeviceMapping extends Placed {
  readonly deviceName: Located<string> | undefined;
  readonly rootVolume: Located<boolean> | undefined;
  readonly ebs: BlockDevice | undefined;
}

export interface BlockDevice extends Placed {
  readonly volumeSize: Located<string | number> | undefined;
  readonly volumeType: Located<string> | undefined;
  readonly iops: Located<number> | undefined;
  readonly throughput: Located<number> | undefined;
  readonly encrypted: Located<boolean> | undefined;
  readonly deleteOnTermination: Located<boolean> | undefined;
  readonly kmsKeyID: Located<string> | undefined;
  readonly snapshotID: Located<string> | undefined;
  readonly volumeInitializationRate: Located<number> | undefined;
}

export interface MetadataOptions extends Placed {
  readonly httpEndpoint: Located<string> | undefined;
  readonly httpProtocolIPv6: Located<string> | undefined;
  readonly httpPutResponseHopLimit: Located<number> | undefined;
  readonly httpTokens: Located<string> | undefined;
}

export interface NetworkInterface extends Placed {
  readonly networkCardIndex: Located<number> | undefined;
  readonly deviceIndex: Located<number> | undefined;
  readonly interfaceType: Located<string> | undefined;
}

export function ec2NodeClass(node: MapNode): EC2NodeClass {
  const metadata = map(node, 'metadata');
  const spec = map(node, 'spec');
  const metadataOptions = child(spec, 'metadataOptions');
  return view(node, {
    node,
    name: text(metadata, 'name'),
    labels: dictionary(metadata, 'labels', asText),
    annotations: dictionary(metadata, 'annotations', asText),
    spec,
    amiFamily: text(spec, 'amiFamily'),
    amiSelectorTerms: list(spec, 'amiSelectorTerms', amiSelectorTerm),
    subnetSelectorTerms: list(spec, 'subnetSelectorTerms', selectorTerm),
    securityGroupSelectorTerms: list(spec, 'securityGroupSelectorTerms', selectorTerm),
    capacityReservationSelectorTerms: list(spec, 'capacityReservationSelectorTerms', capacityReservationSelectorTerm),
    role: text(spec, 'role'),
    instanceProfile: text(spec, 'instanceProfile'),
    userData: text(spec, 'userData'),
    tags: dictionary(spec, 'tags', asText),
    kubelet: map(spec, 'kubelet'),
    blockDeviceMappings: list(spec, 'blockDeviceMappings', blockDeviceMapping),
    instanceStorePolicy: text(spec, 'instanceStorePolicy'),
    metadataOptions: metadataOptions && decodeMetadataOptions(metadataOptions),
    detailedMonitoring: flag(spec, 'detailedMonitoring'),
    associatePublicIPAddress: flag(spec, 'associatePublicIPAddress'),
    context: text(spec, 'context'),
    networkInterfaces: list(spec, 'networkInterfaces', networkInterface),
  });
}

function selectorTerm(node: Node): SelectorTerm {
  return view(node, { tags: dictionary(node, 'tags', asText), id: text(node, 'id'), name: text(node, 'name') });
}

function amiSelectorTerm(node: Node): AmiSelectorTerm {
  return view(node, {
    tags: dictionary(node, 'tags', asText),
    id: text(node, 'id'),
    name: text(node, 'name'),
    alias: text(node, 'alias'),
    owner: text(node, 'owner'),
    ssmParameter: text(node, 'ssmParameter'),
  });
}

function capacityReservationSelectorTerm(node: Node): CapacityReservationSelectorTerm {
  return view(node, {
    tags: dictionary(node, 'tags', asText),
    id: text(node, 'id'),
    ownerID: text(node, 'ownerID'),
    instanceMatchCriteria: text(node, 'instanceMatchCriteria'),
  });
}

function blockDeviceMapping(node: Node): BlockDeviceMapping {
  const ebs = child(node, 'ebs');
  return view(node, { deviceName: text(node, 'deviceName'), rootVolume: flag(node, 'rootVolume'), ebs: ebs && blockDevice(ebs) });
}

function blockDevice(node: Node): BlockDevice {
  return view(node, {
    volumeSize: quantity(node, 'volumeSize'),
    volumeType: text(node, 'volumeType'),
    iops: integer(node, 'iops'),
    throughput: integer(node, 'throughput'),
    encrypted: flag(node, 'encrypted'),
    deleteOnTermination: flag(node, 'deleteOnTermination'),
    kmsKeyID: text(node, 'kmsKeyID'),
    snapshotID: text(node, 'snapshotID'),
    volumeInitializationRate: integer(node, 'volumeInitializationRate'),
  });
}

function decodeMetadataOptions(node: Node): MetadataOptions {
  return view(node, {
    httpEndpoint: text(node, 'httpEndpoint'),
    httpProtocolIPv6: text(node, 'httpProtocolIPv6'),
    httpPutResponseHopLimit: integer(node, 'httpPutResponseHopLimit'),
    httpTokens: text(node, 'httpTokens'),
  });
}

function networkInterface(node: Node): NetworkInterface {
  return view(node, {
    networkCardIndex: integer(node, 'networkCardIndex'),
    deviceIndex: integer(node, 'deviceIndex'),
    interfaceType: text(node, 'interfaceType'),
  });
}
