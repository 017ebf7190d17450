import type { Rule } from '../../src/lint/rule.ts';
import { userDataOf, yamlMap } from './user-data.ts';

export const userdataShellReadAsYaml: Rule<'EC2NodeClass'> = {
  id: 'userdata-shell-read-as-yaml',
  code: 'PP802',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: 'a script that reads as a YAML mapping',
  why: 'Karpenter asks whether the text parses as a mapping. It does, so it becomes a NodeConfig, and the script never runs.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specuserdata',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      userData: |
        echo: hello
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      userData: |
        #!/bin/bash
        echo: hello
  `,

  *check(nodeClass) {
    const data = userDataOf(nodeClass);
    if (data?.family !== 'AL2023' || data.isMime || data.written.value.startsWith('#!')) return;
    const text = data.written.value;
    const config = yamlMap(text);
    const isOnlyComments = text.trim() !== '' && text.replace(/^\s*#.*$/gm, '').trim() === '';
    if (isOnlyComments || (config && !config.get('apiVersion') && !config.get('kind'))) {
      yield {
        at: data.written.keyAt,
        message: 'without "#!" this text is taken for a NodeConfig: it is read as YAML and never run',
        fixes: [
          {
            title: 'begin it with #!/bin/bash',
            safety: 'drifts',
            ops: [{ op: 'set', at: data.written.at, value: `#!/bin/bash\n${text}` }],
          },
        ],
      };
    }
  },
};
