import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { otlpTracing } from '../../webhook/otlp-tracing.ts';
import { limits, pool, reviewBody } from './support/asked.ts';
import { served } from './support/served.ts';

// Only so that a busy machine does not end what is slow.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface Span {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly status: { readonly code?: number };
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

/** A collector as far as the protocol goes: takes JSON at `/v1/traces`. */
const taken: { readonly path: string | undefined; readonly headers: IncomingHttpHeaders; readonly body: Export }[] = [];
const collector = createServer(async (request, response) => {
  taken.push({ path: request.url, headers: request.headers, body: (await json(request)) as Export });
  response.setHeader('content-type', 'application/json').end('{}');
});
let url: string;

beforeAll(async () => {
  await once(collector.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces`;
});
afterAll(() => collector.close());

const trace = '0af7651916cd43dd8448eb211c80319c';
const parent = 'b7ad6b7169203331';
const version = '1.2.3';

/** The spans of some requests, once all have been sent. */
async function spansOf(ratio: number, ask: (post: Awaited<ReturnType<typeof served>>['post']) => Promise<unknown>) {
  taken.length = 0;
  const faults: string[] = [];
  const log = { warn: (line: { readonly fault: string }) => faults.push(line.fault) } as never;
  const server = await served({ admission: { mode: 'warn' }, tracing: otlpTracing({ url, ratio, version, log }) });
  await ask(server.post);
  await server.stop();
  return {
    spans: taken.flatMap(({ body }) => body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))),
    faults,
  };
}

const plain = ({ attributes }: Pick<Span, 'attributes'>) =>
  Object.fromEntries(
    attributes.map(({ key, value }) => {
      const [held] = Object.values(value);
      const values = (held as { readonly values?: readonly object[] }).values;
      return [key, values ? values.flatMap((each) => Object.values(each)) : held];
    }),
  );

test('a review is a span, in the trace of whoever asked', async () => {
  const body = JSON.stringify(reviewBody(pool('bare', {}, { annotations: { token: 'hunter2' } })));
  const { spans, faults } = await spansOf(0, (post) => post(body, { headers: { traceparent: `00-${trace}-${parent}-01` } }));
  expect(faults).toEqual([]);
  expect(taken.map(({ path, headers }) => [path, headers['content-type']])).toEqual([['/v1/traces', 'application/json']]);
  const resource = taken[0]?.body.resourceSpans[0]?.resource ?? { attributes: [] };
  expect(plain(resource)).toMatchObject({ 'service.name': 'poolproof', 'service.version': '1.2.3' });
  expect(spans).toHaveLength(1);
  const [span] = spans as [Span];
  expect(span).toMatchObject({ name: 'review', kind: 2, traceId: trace, parentSpanId: parent });
  expect(BigInt(span.endTimeUnixNano) > BigInt(span.startTimeUnixNano)).toBe(true);
  expect(plain(span)).toEqual({
    'http.response.status_code': 200,
    'poolproof.uid': '705ab4f5-6393-11e8-b7cc-42010a800002',
    'poolproof.kind': 'NodePool',
    'poolproof.operation': 'CREATE',
    'poolproof.dry_run': false,
    'poolproof.decision': 'warn',
    'poolproof.rules': ['limits-missing'],
  });
  expect(JSON.stringify(taken.map(({ body: sent }) => sent))).not.toMatch(/hunter2|alice|bare/);
});

test('whoever asks without a trace gets one of its own, as often as wanted', async () => {
  const body = JSON.stringify(reviewBody(pool('sound', limits)));
  const twice = (post: (body: string) => Promise<unknown>) => Promise.all([post(body), post(body)]);
  const { spans } = await spansOf(1, twice);
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(2);
  expect(spans.map((span) => [span.parentSpanId, plain(span)['poolproof.decision']])).toEqual([
    [undefined, 'allow'],
    [undefined, 'allow'],
  ]);
  expect((await spansOf(0, twice)).spans).toEqual([]);
});

test('a trace that is not recorded stays so, and what is no trace is none', async () => {
  const body = JSON.stringify(reviewBody(pool('sound', limits)));
  const from = (traceparent: string) => spansOf(1, (post) => post(body, { headers: { traceparent } }));
  expect((await from(`00-${trace}-${parent}-00`)).spans).toEqual([]);
  const { spans } = await from('00-zz-zz-01');
  expect(spans.map(({ parentSpanId }) => parentSpanId)).toEqual([undefined]);
});

test('what could not be read is a span too, and long words are cut', async () => {
  const odd = reviewBody(pool('odd'), { uid: 'u'.repeat(10_000) });
  const { spans } = await spansOf(1, async (post) => {
    await post('no JSON');
    await post(JSON.stringify(odd));
  });
  expect(plain(spans[0] as Span)).toEqual({ 'http.response.status_code': 400 });
  expect(plain(spans[1] as Span)['poolproof.uid']).toBe('u'.repeat(253));
});

test('a collector that is away is told of once, and holds up neither reviews nor the end', async () => {
  const faults: string[] = [];
  const log = { warn: (line: { readonly fault: string }) => faults.push(line.fault) } as never;
  const nobody = 'http://127.0.0.1:1/v1/traces';
  const server = await served({ admission: { mode: 'warn' }, tracing: otlpTracing({ url: nobody, ratio: 1, version, log }) });
  const body = JSON.stringify(reviewBody(pool('bare')));
  for (let n = 0; n < 3; n++) expect((await server.post(body)).status).toBe(200);
  await server.stop();
  expect(faults).toHaveLength(1);
});
