import { expect, test } from 'vitest';
import { hostPortsOf, portsConflict } from '../../src/scheduler/host-ports.ts';

function ports(hostIP: string, hostPort = 80, protocol = 'TCP') {
  return hostPortsOf({ containers: [{ ports: [{ hostPort, hostIP, protocol }] }] });
}

test.each([
  ['', '10.0.0.1', true],
  ['10.0.0.1', '10.0.0.2', false],
  ['10.0.0.1', '10.0.0.1', true],
  ['::', '10.0.0.1', true],
  ['::1', '0:0:0:0:0:0:0:1', true],
  ['::1', '::2', false],
  ['::ffff:10.0.0.1', '10.0.0.1', true],
  ['fe80::1:0', 'fe80::10', false],
])('%s and %s on one port: %s', (one, other, conflict) => {
  expect(portsConflict('default/a', ports(one), [{ pod: 'default/b', ports: ports(other) }])).toBe(conflict);
});

test('another protocol or port, and the pod itself, do not conflict', () => {
  expect(portsConflict('default/a', ports(''), [{ pod: 'default/b', ports: ports('', 80, 'UDP') }])).toBe(false);
  expect(portsConflict('default/a', ports(''), [{ pod: 'default/b', ports: ports('', 81) }])).toBe(false);
  expect(portsConflict('default/a', ports(''), [{ pod: 'default/a', ports: ports('') }])).toBe(false);
});

test('init containers hold no port, and port 0 is none', () => {
  expect(
    hostPortsOf({ initContainers: [{ ports: [{ hostPort: 80 }] }], containers: [{ ports: [{ containerPort: 80 }] }] }),
  ).toEqual([]);
});
