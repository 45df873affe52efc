// The phone says of a code and of a reference what the server says.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { codeProblems, referenceProblems } from '../../pwa/src/rules/person'

const cases = JSON.parse(readFileSync(new URL('../cases/person-codes.json', import.meta.url), 'utf8')) as {
  codes: { code: string; expect: string[] }[]
  references: { reference: string; expect: string[] }[]
}

test.each(cases.codes)('the code “$code” is answered with $expect', ({ code, expect: expected }) => {
  expect(codeProblems(code).map((problem) => problem.code)).toEqual(expected)
})

test.each(cases.references)(
  'the reference “$reference” is answered with $expect',
  ({ reference, expect: said }) => {
    for (const name of ['local_patient_id', 'referral_ref'] as const) {
      expect(referenceProblems(reference, name).map(({ code, field }) => [code, field])).toEqual(
        said.map((code) => [code, `set.${name}`]),
      )
    }
  },
)
