// Talks to the lab's API server.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';

const lab = join(import.meta.dirname, '../lab');
// A lab of its own, so that one that somebody works with keeps its CRDs.
const env = { ...process.env, LAB_NAME: process.env.LAB_NAME ?? 'verdicts' };

/** Starts the lab, hands `use` the way to call its server, `call(method, path, body, contentType)`, and stops the lab in any case. */
export async function withServer(use) {
  const printed = execFileSync(join(lab, 'up.sh'), ['none'], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    return await use(caller(printed.trim().split('\n').at(-1)));
  } finally {
    execFileSync(join(lab, 'down.sh'), { env, stdio: ['ignore', 'inherit', 'inherit'] });
  }
}

function caller(kubeconfigFile) {
  const kubeconfig = JSON.parse(readFileSync(kubeconfigFile, 'utf8'));
  const { server, 'certificate-authority': authority } = kubeconfig.clusters[0].cluster;
  const options = { ca: readFileSync(authority), agent: new Agent({ keepAlive: true, maxSockets: 8 }) };
  const authorization = `Bearer ${kubeconfig.users[0].user.token}`;
  return (method, path, body, contentType = 'application/json') =>
    new Promise((resolve, reject) => {
      const headers = { authorization, 'content-type': contentType };
      const sent = request(server + path, { ...options, method, headers }, (response) =>
        textOf(response).then((text) => resolve({ code: response.statusCode, body: parse(text) }), reject),
      );
      sent.on('error', reject);
      sent.end(body);
    });
}

/** Makes the server serve the CRDs of one Karpenter minor. */
export function installCrds(minor) {
  execFileSync(join(lab, 'crds.sh'), [minor], { env, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** The minors that the lab can serve, oldest first; `isComplete` says whether the provider's kinds and rules are among them. */
export function servableMinors() {
  return readFileSync(join(lab, 'karpenter-modules.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/\s+/))
    .map(([minor, module]) => ({ minor, isComplete: module.includes('provider') }));
}

function parse(text) {
  return text.startsWith('{') ? JSON.parse(text) : { message: text };
}
