// What an admin looks after: one link for each page.
import { Icon } from '../../ui/icons'
import { Page } from '../../ui/page'
import { adminWords } from '../../words/admin'

const places = ['activities', 'rules', 'changes'] as const

export function Home() {
  return (
    <Page title={adminWords.title}>
      <p class="text text--quiet">{adminWords.lead}</p>
      <ul class="menu">
        {places.map((place) => (
          <li key={place}>
            <a class="row" href={`/admin/${place}`}>
              <span class="row__text">
                <b>{adminWords[place].title}</b>
                <span>{adminWords[place].hint}</span>
              </span>
              <Icon name="right" />
            </a>
          </li>
        ))}
      </ul>
    </Page>
  )
}
