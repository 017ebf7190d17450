// The spans of reviews in the traces of a real API server, which has to be told to trace when it starts: a lab of its own.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { hookBy, install, pool, wrong } from './hook.mjs';
import { pathOf, warningsOf, withLab } from './lab.mjs';
import { mount, serve } from './serving.mjs';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const span = '00f067aa0ba902b7';

export async function traced({ check, program, tls, authority }) {
  const folder = mkdtempSync(join(tmpdir(), 'poolproof-traced-'));
  mount(join(folder, 'config'), { 'poolproof.yaml': 'admission: { mode: warn }\n' });
  const file = join(folder, 'tracing.json');
  // Its own spans go nowhere; that there is a trace is told to webhooks all the same.
  const settings = { apiVersion: 'apiserver.config.k8s.io/v1', kind: 'TracingConfiguration', endpoint: 'localhost:1' };
  writeFileSync(file, JSON.stringify(settings));
  const spans = [];
  const collector = createServer(async (request, response) => {
    const { resourceSpans } = await json(request);
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    response.end('{}');
  });
  await new Promise((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const flags = ['--snapshot', 'none', '--drain-seconds', '0', '--tracing-url', `http://127.0.0.1:${collector.address().port}`];
  try {
    await withLab(
      'traced',
      async (lab) => {
        lab.installCrds('1.15');
        const replica = await serve({ program, tls, config: join(folder, 'config'), flags });
        const ask = (more) => lab.call('POST', `${pathOf('NodePool')}?dryRun=All`, pool('asked', wrong), more);
        const isJudged = async () => warningsOf(await ask()).length > 0;
        try {
          await install(lab, hookBy({ port: replica.port, authority }), isJudged);
          await ask({ traceparent: `00-${trace}-${span}-01` });
          replica.kill('SIGTERM');
          await replica.ended;
        } finally {
          await replica.stop();
        }
      },
      { LAB_NAME: 'traced', LAB_APISERVER_FLAGS: `--tracing-config-file=${file}` },
    );
  } finally {
    collector.close();
  }
  const [joined, ...others] = spans.filter(({ traceId }) => traceId === trace);
  check(others.length === 0 && joined?.name === 'review', 'traced: a review is one span in the trace of the request', spans);
  check(
    /^[0-9a-f]{16}$/.test(joined?.parentSpanId) && joined.parentSpanId !== span,
    "traced: below the API server's own span",
    joined,
  );
  check(!JSON.stringify(spans).includes('asked'), 'traced: nothing of the object is in it');
}
