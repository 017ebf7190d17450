import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chained, recordText, SharedText, valueText } from '../../src/report/shared-text.ts';

const parts = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1, maxLength: 5 });
const records = fc.dictionary(fc.string(), fc.option(fc.jsonValue(), { nil: undefined }));

test('a record with parts that are written once is what JSON.stringify makes of the whole', () => {
  fc.assert(
    fc.property(parts, fc.array(records, { maxLength: 6 }), fc.infiniteStream(fc.nat()), (shared, all, numbers) => {
      const texts = new SharedText();
      const next = (): number => numbers.next().value;
      for (const record of all) {
        const own = shared[next() % shared.length] as object;
        const list = next() % 2 === 0 ? shared : shared.slice(next() % shared.length);
        const written = { ...record, own: texts.of(own), list: texts.list(list), inner: recordText({ own: texts.of(own) }) };
        expect(valueText(recordText(written))).toBe(JSON.stringify({ ...record, own, list, inner: { own } }));
      }
    }),
  );
});

test('what is written of a part is made once', () => {
  const texts = new SharedText();
  let made = 0;
  const as = ({ name }: { readonly name: string }): object => ({ name, made: ++made });
  const [a, b] = [{ name: 'a' }, { name: 'b' }];
  const written = [texts.list([a, b], as), texts.list([b, a], as), texts.of(a, as)].map(valueText);
  expect(written).toEqual([
    '[{"name":"a","made":1},{"name":"b","made":2}]',
    '[{"name":"b","made":2},{"name":"a","made":1}]',
    '{"name":"a","made":1}',
  ]);
});

test('texts are chained as they are joined', () => {
  for (const texts of [[], ['one'], ['', 'two', '', 'four']]) expect(chained(texts, ', ')).toBe(texts.join(', '));
});
