// One line a check, and the count at the end.
let passed = 0;
let failed = 0;

export function check(what, holds, detail = '') {
  if (holds) passed++;
  else failed++;
  console.log(holds ? `ok: ${what}` : `not ok: ${what}\n${detail.slice(0, 2000)}`);
}

/** A check that what a program said, or how it ended, is as it should be. */
export function checkRun(what, { status, stdout, stderr, error }, code, output = /^/) {
  const said = `${stdout ?? ''}${stderr ?? ''}`;
  check(what, status === code && output.test(said), `exit ${status}${error ? `, ${error.message}` : ''}\n${said}`);
}

/** Counts of a program that counts its own checks. */
export function counted(ok, bad) {
  passed += ok;
  failed += bad;
}

export function summary() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
