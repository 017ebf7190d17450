// A webhook that denies, warns or says nothing, as its path tells.
import { createServer } from 'node:https';
import { json } from 'node:stream/consumers';

export async function hook({ certificate, key }) {
  const server = createServer({ cert: certificate, key }, async (request, response) => {
    const { request: review } = await json(request);
    const { pathname } = new URL(request.url, 'https://hook');
    const words = 'poolproof: req-contradiction: no value is left';
    const answers = {
      '/deny': { allowed: false, status: { code: 422, reason: 'Invalid', message: words } },
      '/warn': { allowed: true, warnings: [words] },
      '/busy': { allowed: true, warnings: ['poolproof: not fully checked: too many reviews at a time'] },
      '/allow': { allowed: true },
    };
    response.setHeader('content-type', 'application/json');
    const answer = { uid: review.uid, ...answers[pathname] };
    response.end(JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: answer }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `https://127.0.0.1:${server.address().port}`, close };
}
