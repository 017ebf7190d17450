// The least that answers reviews over TLS: fastify, a parsed body, and an answer that never changes but for the uid.
import Fastify from 'fastify';

process.once('message', async ({ key, certificate }) => {
  const app = Fastify({ https: { key, cert: certificate, minVersion: 'TLSv1.2' }, keepAliveTimeout: 120_000 });
  let answered = 0;
  app.post('/validate/nodepools', async ({ body }) => {
    answered++;
    return { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: { uid: body.request.uid, allowed: true } };
  });
  // Whoever started it may ask how often it was called.
  process.on('message', () => process.send(answered));
  await app.listen({ host: '127.0.0.1', port: 0 });
  process.send(app.server.address().port);
});
