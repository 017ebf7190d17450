import type { PodSpec } from '../model/cluster/pod.ts';

export interface HostPort {
  readonly ip: string;
  readonly port: number;
  readonly protocol: string;
}

/** Ports of a node that a pod holds; pods are known by namespace and name. */
export interface HeldPorts {
  readonly pod: string;
  readonly ports: readonly HostPort[];
}

const unspecified = ['0.0.0.0', '::'];

/** GetHostPorts: of ordinary containers only. */
export function hostPortsOf({ containers = [] }: PodSpec): readonly HostPort[] {
  return containers.flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort = 0, hostIP = '', protocol = '' }) =>
      hostPort === 0 ? [] : [{ ip: normalIp(hostIP || '0.0.0.0'), port: hostPort, protocol }],
    ),
  );
}

/** Whether a port that the pod wants is held by another one. */
export function portsConflict(pod: string, wanted: readonly HostPort[], held: readonly HeldPorts[]): boolean {
  if (wanted.length === 0) return false;
  return held.some((holder) => holder.pod !== pod && holder.ports.some((port) => wanted.some((want) => matches(want, port))));
}

function matches(a: HostPort, b: HostPort): boolean {
  if (a.protocol !== b.protocol || a.port !== b.port) return false;
  return a.ip === b.ip || unspecified.includes(a.ip) || unspecified.includes(b.ip);
}

/** One text per address, however it was written; what is no address reads as empty, and two of those are equal upstream too. */
function normalIp(text: string): string {
  if (isIpv4(text)) return text;
  const mapped = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const [, head = '', tail = ''] = mapped && isIpv4(mapped[2] ?? '') ? mapped : [];
  const groups = ipv6Groups(tail === '' ? text : head + hexOf(tail));
  if (!groups) return '';
  if (groups.every((group) => group === 0)) return '::';
  const [a = 0, b = 0] = groups.slice(6);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return isMapped ? [a >> 8, a & 255, b >> 8, b & 255].join('.') : groups.map((group) => group.toString(16)).join(':');
}

function isIpv4(text: string): boolean {
  return (
    /^(\d{1,3}\.){3}\d{1,3}$/.test(text) && text.split('.').every((part) => String(Number(part)) === part && Number(part) < 256)
  );
}

function hexOf(ipv4: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.split('.').map(Number);
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

function ipv6Groups(text: string): readonly number[] | undefined {
  const [left = '', right, ...more] = text.split('::');
  if (more.length > 0 || !/^[0-9a-fA-F:]*$/.test(text)) return undefined;
  const read = (part: string): readonly string[] => (part === '' ? [] : part.split(':'));
  const [before, after] = [read(left), read(right ?? '')];
  const missing = 8 - before.length - after.length;
  if (right === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after];
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : undefined;
}
