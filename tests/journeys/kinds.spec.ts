// Every other activity, from the Log screen to Saved: in six taps at most, without typing, on the smallest screen.
import { expect, type Page, test } from '@playwright/test'
import { PHONES, Phone } from './browser'
import { answer, heading, logIn, save } from './people'
import { Server } from './server'
import { Thumb } from './thumb'

type Answers = readonly (readonly [question: string, answer: string])[]

const HOW_LONG = ['How long?', '45 min'] as const
const HOW = ['How?', 'In person'] as const

/** What each asks first: all that it cannot do without. */
const KINDS: Readonly<Record<string, Answers>> = {
  'Recovery planning': [['What did you do with their plan?', 'Started it'], HOW_LONG, HOW],
  'Wellness plan': [['Which plan?', 'Wellness plan'], HOW_LONG, HOW],
  'Care planning support': [['What did you help with?', 'Getting ready for a meeting'], HOW_LONG, HOW],
  'Going somewhere together': [['Which step was it?', 'Talked about it'], HOW_LONG, HOW],
  'Welcome and orientation': [['How soon after they arrived?', 'The same day'], HOW_LONG, HOW],
  Advocacy: [['What did you do?', 'Told them about their rights'], HOW_LONG, HOW],
  'Carer and family support': [['Who did you support?', 'The carer and the person'], HOW_LONG, HOW],
  Group: [HOW_LONG, ['How many people came?', '8']],
  'Recovery College': [HOW_LONG, ['What did you do?', 'Supported a learner'], HOW],
  Liaison: [HOW_LONG, ['Who did you speak with?', 'Ward team']],
  'Team meeting': [HOW_LONG, ['Which meeting?', 'Handover']],
  Supervision: [HOW_LONG, ['Which supervision?', 'Peer supervision']],
  'Learning (CPD)': [HOW_LONG, ['What kind of learning?', 'Reading']],
  'Admin and travel': [HOW_LONG, ['What did you do?', 'Notes']],
}

const toOthers = (page: Page) => page.getByRole('link', { name: 'Something else' })

test('every other activity is logged in six taps at most, and My log names it', async () => {
  test.setTimeout(180_000)
  const server = await Server.start()
  const phone = new Phone(PHONES.iphoneInstalled)
  try {
    const page = await phone.open(server.origin)
    await logIn(page, server.account('worker'))
    for (const [kind, answers] of Object.entries(KINDS)) {
      const thumb = new Thumb(page)
      await thumb.tap(toOthers(page))
      await thumb.tap(page.getByRole('main').getByRole('link', { name: new RegExp(`^${escaped(kind)}`) }))
      await expect(heading(page, kind)).toBeVisible()
      for (const [question, name] of answers) await thumb.tap(answer(page, question, name))
      await thumb.tap(save(page))
      await expect(page.getByText('Saved', { exact: false }).first(), kind).toBeVisible()
      await expect(heading(page, 'What did you do?')).toBeVisible()
      expect(thumb.taps, `${kind}: taps`).toBeLessThanOrEqual(6)
    }
    await expect(page.getByText('All sent')).toBeVisible()
    await page.locator('.tabs').getByRole('link', { name: 'My log', exact: true }).click()
    for (const kind of Object.keys(KINDS)) {
      await expect(
        page
          .getByRole('main')
          .getByRole('link', { name: new RegExp(`^${escaped(kind)}`) })
          .first(),
      ).toBeVisible()
    }
  } finally {
    await phone.end()
    await server.end()
  }
})

test('people talked about in a meeting are cards that come and go, and each says what it is missing', async () => {
  const server = await Server.start()
  const phone = new Phone(PHONES.iphoneInstalled)
  try {
    const page = await phone.open(server.origin)
    await logIn(page, server.account('worker'))
    await page.goto(`${server.origin}/log/team-meeting`)
    for (const [question, name] of KINDS['Team meeting'] ?? []) {
      await answer(page, question, name).check({ force: true })
    }
    await page.getByText('More questions').click()
    const add = page.getByRole('button', { name: 'Add : Talked about' })
    const card = (place: number) => page.getByRole('region', { name: `Talked about: ${place}` })
    await add.click()
    await add.click()
    await add.click()
    await card(1)
      .getByRole('group', { name: /^How long\?/ })
      .getByLabel('10 min')
      .check({ force: true })
    await card(2)
      .getByRole('group', { name: /^How long\?/ })
      .getByLabel('15 min')
      .check({ force: true })
    await card(1)
      .getByRole('button', { name: /^Remove/ })
      .click()
    await expect(card(3)).toBeHidden()
    await expect(card(1).getByLabel('15 min')).toBeChecked()
    // The second card has nothing in it, so it asks for nothing.
    await save(page).click()
    await expect(page.getByRole('alert').getByRole('link')).toHaveText(['Choose who it was about'])
    await card(1)
      .getByRole('group', { name: /^Who was it about\?/ })
      .getByRole('radio')
      .first()
      .check({ force: true })
    await save(page).click()
    await expect(heading(page, 'What did you do?')).toBeVisible()
    await expect(page.getByText('All sent')).toBeVisible()
    await page.getByRole('region', { name: 'Log again' }).getByRole('link').first().click()
    await expect(heading(page, 'Check and save')).toBeVisible()
    await expect(page.getByRole('main')).toContainText('Handover')
  } finally {
    await phone.end()
    await server.end()
  }
})

const escaped = (text: string) => text.replaceAll(/[()]/g, '\\$&')
