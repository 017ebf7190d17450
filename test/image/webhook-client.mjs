// What an API server would do: a certificate to trust, a review to ask, an answer to read.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { request as plainly } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** A certificate for localhost that is its own authority. */
export function certificate(folder) {
  mkdirSync(folder, { recursive: true });
  const file = (name) => join(folder, name);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', file('tls.key')];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', '-days', '2', ...key, ...names, '-out', file('tls.crt')], { stdio: 'ignore' });
  return { folder, ca: readFileSync(file('tls.crt'), 'utf8') };
}

export function get(url) {
  return new Promise((resolve, reject) => {
    plainly(url, (answer) => text(answer).then((body) => resolve({ status: answer.statusCode, body }), reject))
      .on('error', reject)
      .end();
  });
}

/** A pool with a schedule that Karpenter cannot read. */
export function review(port, ca) {
  const object = {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: 'general' },
    spec: {
      disruption: {
        consolidationPolicy: 'WhenEmpty',
        consolidateAfter: '5m',
        budgets: [{ nodes: '1', schedule: '0 2 * * 7', duration: '1h' }],
      },
      template: {
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' },
          requirements: [{ key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] }],
        },
      },
    },
  };
  const kind = { group: 'karpenter.sh', version: 'v1', kind: 'NodePool' };
  const resource = { group: 'karpenter.sh', version: 'v1', resource: 'nodepools' };
  const userInfo = { username: 'somebody', groups: ['system:authenticated'] };
  const asked = {
    uid: 'of-the-image',
    kind,
    resource,
    name: 'general',
    operation: 'CREATE',
    userInfo,
    object,
    oldObject: null,
    dryRun: false,
  };
  const body = JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request: asked });
  const options = {
    method: 'POST',
    host: '127.0.0.1',
    port,
    ca,
    path: '/validate/nodepools?timeout=3s',
    servername: 'localhost',
  };
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    request({ ...options, headers }, (answer) => {
      text(answer).then((said) => resolve({ status: answer.statusCode, body: JSON.parse(said) }), reject);
    })
      .on('error', reject)
      .end(body);
  });
}
