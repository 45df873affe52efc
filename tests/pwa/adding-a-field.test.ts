// docs/adding-a-field.md says that a field of a struct is asked, checked and said without another line on the phone.
import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { described, type Schemas } from '../../pwa/vite/description'

const DOCUMENT = new URL('../../pwa/openapi.json', import.meta.url)

test('a new field is asked in its way, checked against its limits and its answers, and said in words', async () => {
  vi.resetModules()
  vi.doMock('virtual:description', () => ({ default: described(withNewFields()) }))
  const { ownQuestions } = await import('../../pwa/src/screens/form/details')
  const { fieldsProblems } = await import('../../pwa/src/rules/values')
  const { kindDescribed } = await import('../../pwa/src/rules/description')
  const { rowsOf } = await import('../../pwa/src/screens/form/in-words')

  expect(ownQuestions('ward_welcome').first.map(({ field }) => field)).toEqual([
    'details.timing',
    'details.tour_length',
  ])
  expect(ownQuestions('ward_welcome').later.at(-1)).toMatchObject({ field: 'details.met_again', ask: 'date' })
  const wrong = { timing: 'later', tour_length: 'endless', met_again: 'soon' }
  expect(fieldsProblems(wrong, kindDescribed('ward_welcome')?.fields ?? [], 'details')).toEqual([
    { code: 'not_an_option', field: 'set.details.tour_length' },
    { code: 'not_a_date', field: 'set.details.met_again' },
  ])
  const details = { kind: 'ward_welcome', timing: 'later', tour_length: 'short' } as never
  expect(rowsOf({ details }).find(({ field }) => field === 'details.tour_length')?.text).toBe('Short')
})

/** The document as it is when two lines are added to the struct of welcoming somebody. */
function withNewFields(): Schemas {
  const { components } = JSON.parse(readFileSync(DOCUMENT, 'utf8'))
  const welcome = components.schemas.WardWelcome
  const { kind, timing, ...others } = welcome.properties
  welcome.properties = {
    kind,
    timing,
    tour_length: { enum: ['long', 'short'], 'x-ask': { first: true } },
    ...others,
    met_again: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }], default: null },
  }
  return components.schemas
}
