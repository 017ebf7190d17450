// The CronJobs of the scan as processes, with the flags and the rights that the chart gives them, against a real API server.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterReports } from '../cluster/report-crds.mjs';
import { rolesInForce } from '../lab/in-force.mjs';
import { kubeconfigAs } from './account.mjs';
import { check, checkRun } from './checks.mjs';
import { must } from './lab.mjs';
import { badPool } from './pod.mjs';
import { objectsOf, render, run } from './render.mjs';

export async function checkScanLive(lab, work, cli) {
  const { kubectl } = lab;
  const folder = join(work, 'scan');
  mkdirSync(folder, { recursive: true });
  const crds = JSON.stringify(clusterReports);
  must(kubectl(['apply', '--server-side', '-f', '-'], crds));
  must(kubectl(['wait', '--for', 'condition=Established', '--timeout', '240s', '-f', '-'], crds));
  const values = ['scan.enabled=true', 'scan.shards=2', 'webhook.enabled=false', 'certificates.mode=certManager'];
  const objects = objectsOf(render(...values.flatMap((value) => ['--set', value])));
  const ofScan = objects
    .filter(({ metadata }) => metadata.labels['app.kubernetes.io/component'] === 'scan')
    .map((object) => JSON.stringify(object))
    .join('\n');
  must(kubectl(['apply', '--server-side', '-f', '-'], ofScan));
  await rolesInForce(lab);
  checkRun('scan: a pool with a mistake is there', kubectl(['create', '-f', '-'], badPool), 0);

  const jobs = objects.filter(({ kind }) => kind === 'CronJob');
  check('scan: one job a shard', jobs.length === 2);
  const all = () => jobs.map((job) => runJob(job, objects, lab, folder, cli));
  for (const [at, ended] of all().entries()) checkRun(`scan: shard ${at + 1} ends well with the rights that it has`, ended, 0);
  const reports = () => JSON.parse(must(kubectl(['get', 'clusterreports.openreports.io', '-o', 'json']))).items;
  const written = reports();
  check('scan: the mistake is in a report', JSON.stringify(written).includes('budget-cron-invalid'), JSON.stringify(written));
  all();
  const versions = (items) => items.map(({ metadata }) => metadata.resourceVersion).join();
  check('scan: again, it writes nothing', written.length > 0 && versions(reports()) === versions(written));
  must(kubectl(['delete', 'nodepool', 'live']));
  all();
  check('scan: what is put right leaves the reports', !JSON.stringify(reports()).includes('budget-cron-invalid'));
  must(kubectl(['delete', '-f', '-'], ofScan));
}

function runJob(job, objects, lab, folder, cli) {
  const { serviceAccountName, containers } = job.spec.jobTemplate.spec.template.spec;
  const config = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'poolproof');
  writeFileSync(join(folder, 'poolproof.yaml'), config.data['poolproof.yaml']);
  const args = containers[0].args.map((arg) => arg.replace('/etc/poolproof/', `${folder}/`));
  return run(process.execPath, [cli, ...args, `--kubeconfig=${kubeconfigAs(serviceAccountName, lab, folder)}`], { cwd: '/' });
}
