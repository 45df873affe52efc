// The build's own parts: the list of files that the service worker keeps, and the limits read from the API.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { limitsOf } from '../../pwa/vite/limits'
import { shell } from '../../pwa/vite/service-worker'

test('the worker keeps every file of the app but itself, and knows when one has changed', () => {
  const out = mkdtempSync(join(tmpdir(), 'shell-'))
  mkdirSync(join(out, 'assets'))
  for (const name of [
    'index.html',
    'sw.js',
    'assets/index-abc.js',
    'assets/index-abc.js.map',
    'manifest.webmanifest',
  ]) {
    writeFileSync(join(out, name), 'one')
  }
  const before = shell(out)
  expect(before.map(({ url }) => url)).toEqual([
    '/assets/index-abc.js',
    '/index.html',
    '/manifest.webmanifest',
  ])
  expect(before[0]?.revision).toBeNull()
  writeFileSync(join(out, 'index.html'), 'two')
  const after = shell(out)
  expect(after[1]?.revision).not.toBe(before[1]?.revision)
  // What a deployment in the middle of an install has replaced is refused, so that two versions are never mixed.
  expect(after[1]?.integrity).toMatch(/^sha256-.{44}$/)
  expect(after[1]?.integrity).not.toBe(before[1]?.integrity)
  expect(after[2]).toEqual(before[2])
  rmSync(out, { recursive: true })
})

test('limits are found where a field may be null, and a shape that is missing is named', () => {
  const shape = {
    properties: { minutes: { anyOf: [{ type: 'integer', maximum: 5 }, { type: 'null' }] }, mode: {} },
  }
  const names = [
    'EntryChange',
    'PersonChange',
    'Signposting',
    'SignpostingItem',
    'DischargeSupport',
    'EntryOperation',
  ]
  const schemas = Object.fromEntries(names.map((name) => [name, shape]))
  expect(limitsOf(schemas).EntryChange).toEqual({ minutes: { maximum: 5 } })
  expect(() => limitsOf({ ...schemas, Signposting: {} })).toThrow('does not describe Signposting')
})
