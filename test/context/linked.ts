import type { Context } from '../../src/context/context.ts';
import { link } from '../../src/context/link.ts';
import { dedent } from '../../src/derive/dedent.ts';
import { composeYaml } from '../../src/document/compose-yaml.ts';
import { parseWith } from '../../src/document/parse.ts';
import type { EC2NodeClass } from '../../src/model/ec2-node-class.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

/** The graph of one text, unjudged. */
export function linked(text: string): Context {
  const documents = parseWith({ file: 'case.yaml', text: dedent(text) }, {}, composeYaml);
  return link({ documents, before: [], judge: () => [] });
}

/** A pool of the given requirements and, where it is told, of another head: labels of the template, a class. */
export function poolWith(requirements: string, head = ''): NodePool {
  const text = `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: general }
spec:
  template:${head}
    spec:
      nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
      requirements: ${requirements}
`;
  return linked(text).nodePools[0] as NodePool;
}

export function classWith(spec: string, rest = ''): EC2NodeClass {
  const text = `
apiVersion: karpenter.k8s.aws/v1
kind: EC2NodeClass
metadata: { name: default }
spec: ${spec}
${rest}
`;
  return linked(text).nodeClasses[0] as EC2NodeClass;
}
