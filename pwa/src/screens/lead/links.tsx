// From the Team summary to what a lead looks after.
import { Icon } from '../../ui/icons'
import { leadWords } from '../../words/lead'

const places = ['decisions', 'phones', 'months', 'entries'] as const

export function TeamLinks() {
  return (
    <section class="care">
      <h2 class="heading">{leadWords.heading}</h2>
      <ul class="menu care__links">
        {places.map((place) => (
          <li key={place}>
            <a class="row" href={`/team/${place}`}>
              <span class="row__text">
                <b>{leadWords[place].title}</b>
                <span>{leadWords[place].hint}</span>
              </span>
              <Icon name="right" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
