// What must not happen: a double tap that makes two, a refusal that loses answers, a browser that complains.
import { expect, test } from '@playwright/test'
import { PHONES, Phone } from './browser'
import { contactsByKind } from './figures'
import { answer, heading, installed, logIn, save, tile } from './people'
import { Server } from './server'

test('a double tap on Save makes one entry', async () => {
  const server = await Server.start()
  const phone = new Phone(PHONES.iphone)
  try {
    const page = await phone.open(server.origin)
    await logIn(page, server.account('worker'))
    const before = await contactsByKind(server, 'lead')
    await tile(page, 'One-to-one').click()
    await answer(page, 'How long?', '45 min').check({ force: true })
    await answer(page, 'How?', 'In person').check({ force: true })
    await save(page).dblclick()
    await expect(page.getByText('All sent')).toBeVisible()
    const after = await contactsByKind(server, 'lead')
    expect(Number(after.get('one_to_one'))).toBe(Number(before.get('one_to_one') ?? 0) + 1)
  } finally {
    await phone.end()
    await server.end()
  }
})

test('a wrong passphrase and a server that is away are said plainly', async () => {
  const server = await Server.start()
  const phone = new Phone(PHONES.iphone)
  try {
    const page = await phone.open(server.origin)
    await logIn(page, { ...server.account('worker'), password: 'not the passphrase' }).catch(() => undefined)
    await expect(
      page.getByText('The login name or the passphrase is not right', { exact: false }).first(),
    ).toBeVisible()
    await server.stop()
    await page.getByRole('button', { name: 'Log in' }).click()
    await expect(page.getByText('needs signal', { exact: false }).first()).toBeVisible()
  } finally {
    await phone.end()
    await server.end()
  }
})

test('the browser takes it as an app: manifest, icons and a worker in control, and no word from its console', async () => {
  const server = await Server.start()
  const phone = new Phone(PHONES.iphone)
  try {
    const page = await phone.open(server.origin)
    const said: string[] = []
    page.on('console', (message) => {
      // A phone that is new asks once whether it has lost its storage. The browser notes that nobody is signed in.
      if (message.location().url.endsWith('/api/session')) return
      if (['warning', 'error'].includes(message.type())) said.push(message.text())
    })
    page.on('pageerror', (error) => said.push(error.message))
    await logIn(page, server.account('worker'))
    await installed(page)
    await page.reload()
    await expect(heading(page, 'What did you do?')).toBeVisible()

    const devtools = await page.context().newCDPSession(page)
    expect((await devtools.send('Page.getAppManifest')).errors).toEqual([])
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
    expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual([])
    expect(said).toEqual([])
  } finally {
    await phone.end()
    await server.end()
  }
})
