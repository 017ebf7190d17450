import type { Workload } from '../../src/context/workloads.ts';
import { list, text } from '../../src/model/decode.ts';
import type { Located } from '../../src/text/place.ts';

/** The images of a workload's pods, those of init containers too. */
export function imagesOf({ node }: Workload): readonly Located<string>[] {
  return ['initContainers', 'containers'].flatMap((key) => list(node, key, (container) => text(container, 'image'))?.items ?? []);
}

/** An image by its name without tag and digest, by which a list may name it too. */
export function imageName(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}
