// A thumb that counts: each press on a target is a tap, each move of the page is a scroll, each key is typed.
import { expect, type Locator, type Page } from '@playwright/test'

export class Thumb {
  taps = 0
  scrolls = 0
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Presses the middle of a target, as a finger does: what lies under the finger is what is pressed. */
  async tap(target: Locator): Promise<void> {
    await expect(target).toBeAttached()
    const pressed = await this.visible(target)
    await pressed.evaluate(still)
    if (!(await this.within(pressed))) {
      this.scrolls++
      await pressed.scrollIntoViewIfNeeded()
      await pressed.evaluate(still)
    }
    // A page that is just being drawn anew takes its target away for a moment.
    await expect.poll(() => pressed.boundingBox()).not.toBeNull()
    const box = await pressed.boundingBox()
    if (!box) throw new Error('nothing to press')
    this.taps++
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  }

  /** A chip's radio is hidden under the words beside it: those are what a finger sees. */
  private async visible(target: Locator): Promise<Locator> {
    const chosen = await target.evaluate(
      (one) => one instanceof HTMLInputElement && one.closest('label') !== null,
    )
    return chosen ? target.locator('xpath=ancestor::label') : target
  }

  private async within(target: Locator): Promise<boolean> {
    return target.evaluate((one) => {
      const { left, right, top, bottom } = one.getBoundingClientRect()
      if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) return false
      const under = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
      return under !== null && (one === under || one.contains(under) || under.contains(one))
    })
  }
}

/** Nobody presses what still moves: waits until it has stayed in its place for a few frames. */
async function still(one: Element): Promise<void> {
  let [seen, frames] = ['', 0]
  while (frames < 4) {
    await new Promise(requestAnimationFrame)
    const { left, top } = one.getBoundingClientRect()
    frames = seen === `${left} ${top}` ? frames + 1 : 0
    seen = `${left} ${top}`
  }
}
