import { Option } from 'commander';
import { helpExamples } from '../help-examples.ts';

export const serveHelp: string = helpExamples(
  ['poolproof serve --config poolproof.yaml --tls-dir /tls', 'with a certificate that somebody mounts and renews'],
  ['poolproof serve --self-managed --secret poolproof-ca --service poolproof', 'with one that it makes itself, in a pod'],
  ['poolproof serve --tls-dir tls --snapshot none', 'without a look at the cluster'],
);

export function serveOptions(): readonly Option[] {
  return [
    new Option('--config <file>', 'the configuration (default: the nearest poolproof.yaml upwards); it is watched'),
    new Option('--cluster <name>', 'the cluster of the configuration that is served'),
    new Option('--host <address>', 'where to listen (default: 0.0.0.0)'),
    new Option('--port <port>', 'for the API server, by HTTPS (default: 9443)'),
    new Option('--metrics-port <port>', 'for /healthz, /readyz and /metrics, by HTTP (default: 8080)'),
    new Option('--tls-dir <folder>', 'a folder with tls.crt, tls.key and ca.crt; it is watched'),
    new Option('--self-managed', 'make certificates, and publish their authority in the webhook configuration'),
    new Option('--secret <name>', 'the Secret that keeps the authority of --self-managed'),
    new Option('--service <name>', 'the Service by which the API server calls, for --self-managed'),
    new Option('--namespace <namespace>', 'of the Secret and the Service (default: that of the pod)'),
    new Option(
      '--webhook-configuration <name>',
      'the ValidatingWebhookConfiguration to publish in and to arm (default: poolproof)',
    ),
    new Option('--arm-fail-closed', 'set its failurePolicy to Fail once a self test through the API server is answered'),
    new Option('--snapshot <level>', 'what to know of the cluster: karpenter, workloads or none (default: karpenter)'),
    new Option('--kubeconfig <file>', 'how to reach the cluster (default: as the pod that this is)'),
    new Option('--tracing-url <url>', 'where to send a span for each review, by OTLP over HTTP (default: nowhere)'),
    new Option('--tracing-ratio <part>', 'of the reviews of which no trace is there yet, from 0 to 1 (default: 1)'),
    new Option('--drain-seconds <seconds>', 'how long to serve on after SIGTERM (default: 15)'),
    new Option('--log-level <level>', 'debug, info, warn or error (default: info); SIGUSR2 turns debug on and off'),
    new Option('--max-in-flight <reviews>', 'judged at a time (default: 64)'),
    new Option('--max-queued <reviews>', 'waiting at a time (default: 512)'),
    new Option(
      '--rehearsals <rounds>',
      'to be quick from the start, reviews are rehearsed while nobody waits (default: 800; 0: not)',
    ),
  ];
}
