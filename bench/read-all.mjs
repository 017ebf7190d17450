// Reads every YAML file below a folder and does nothing with it: the floor for a tool that must look at all of them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

let bytes = 0;
const visit = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) visit(path);
    else if (/\.(?:ya?ml|json)$/.test(entry.name)) bytes += readFileSync(path, 'utf8').length;
  }
};
visit(process.argv[2]);
console.log(bytes);
