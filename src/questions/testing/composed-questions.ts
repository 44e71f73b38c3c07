import { asked } from './domain-questions.ts';
import type { DomainQuestion } from './domain-questions.ts';

/** Questions that are put together out of their parts, by what is hard about them; answers are checked by hand. */
export const composedQuestions: Readonly<
  Record<
    'shipments' | 'employees' | 'projects' | 'machines',
    readonly { readonly phenomenon: string; readonly questions: readonly DomainQuestion[] }[]
  >
> = {
  shipments: [
    {
      phenomenon: 'adjectives and verbs for what is measured',
      questions: [
        asked('Which consignment is the heaviest?', 'SH-4'),
        asked('What is the lightest shipment that went by road?', 'SH-2'),
        asked('Which shipments weighed between 500 and 1,500 kg?', 'SH-1', 'SH-5', 'SH-8'),
        asked('Show every shipment that weighed between 500 and 1,500 kg.', 'SH-1', 'SH-5', 'SH-8'),
        asked('How much heavier is SH-4 than SH-6?', 11100),
        asked('How many times more packages does SH-4 have than SH-1?', 15),
      ],
    },
    {
      phenomenon: 'sums and averages, the measure said before or after',
      questions: [
        asked('How many packages did Cargoline carry altogether?', 36),
        asked('Total freight cost of uninsured shipments?', 3060),
        asked('Freight cost of the Meridian shipments combined?', 11050),
        asked(
          'Average freight cost per mode?',
          ['Sea', 5525],
          ['Air', 2750],
          ['Rail', 1650],
          ['Road', 843.333],
        ),
        asked(
          'For each mode, give the average freight cost, from the least cost to the most.',
          ['Road', 843.333],
          ['Rail', 1650],
          ['Air', 2750],
          ['Sea', 5525],
        ),
        asked('How much higher is the average weight of road shipments than of those by air?', 505.833),
        asked('Average weight of air versus road shipments?', ['Road', 623.333], ['Air', 117.5]),
      ],
    },
    {
      phenomenon: 'the first of groups',
      questions: [
        asked('Which carrier moved the most weight?', 'Meridian'),
        asked('Which carriers handled at least three shipments?', 'Cargoline'),
        asked('Which carriers shipped more than twice?', 'Cargoline'),
        asked('Among the carriers, which has the lightest shipments on average?', 'Polar Air'),
      ],
    },
    {
      phenomenon: 'time from one date to another',
      questions: [
        asked('Which shipment took the longest to arrive?', 'SH-4'),
        asked('How many days did SH-1 take?', 5),
        asked('How many shipments have not arrived yet?', 1),
      ],
    },
    {
      phenomenon: 'where from and where to',
      questions: [asked('How many shipments left Hamburg?', 3), asked('Cheapest shipment to Oslo?', 'SH-8')],
    },
    {
      phenomenon: 'an order said at the end',
      questions: [
        asked('Shipments heavier than 1 t, heaviest first.', 'SH-4', 'SH-6', 'SH-1'),
        asked('Name the two shipments with the most packages, in descending order.', 'SH-4', 'SH-6'),
        asked('Which two shipments carried the most packages? Begin with the largest.', 'SH-4', 'SH-6'),
      ],
    },
    {
      phenomenon: 'a value of the first row',
      questions: [
        asked('Which carrier moved the heaviest shipment?', 'Meridian'),
        asked('What was the lowest freight cost for air shipments?', 2400),
        asked('Which shipment is the priciest relative to its weight?', 'SH-3'),
      ],
    },
    {
      phenomenon: 'the other way round',
      questions: [
        asked('In total, how many packages did Cargoline carry?', 36),
        asked('On average, how heavy were the shipments by air?', 117.5),
        asked('Of the shipments that went by road, which is the lightest?', 'SH-2'),
      ],
    },
    {
      phenomenon: 'shares',
      questions: [
        asked('What percentage of the total weight went by rail?', 25.338),
        asked('What fraction of the insured shipments went by sea, in percent?', 40),
      ],
    },
  ],
  employees: [
    {
      phenomenon: 'persons asked for by what they do',
      questions: [
        asked('Who earns the most?', 'Carla Diaz'),
        asked('Who is the tallest employee?', 'Finn Larsen'),
        asked('Who manages the tallest employee?', 'Ruth Adler'),
        asked('How many employees speak German?', 2),
        asked('How many people work in the Berlin office?', 2),
        asked('How many managers are there?', 3),
        asked('How many grade 3 employees are there?', 2),
      ],
    },
    {
      phenomenon: 'opposites',
      questions: [
        asked('How many employees are nonsmokers?', 4),
        asked('What is the average salary of everyone but those in Sales?', 69000),
        asked('Which employees work neither in Berlin nor in London?', 'Carla Diaz', 'Finn Larsen'),
      ],
    },
  ],
  projects: [
    {
      phenomenon: 'numbers before the field that they are of',
      questions: [
        asked('Which thirty-well projects were completed?', 'Clear Wells'),
        asked('How many eight-school projects are there?', 1),
        asked('Name the twelve well projects in Peru.', 'River Guard'),
      ],
    },
    {
      phenomenon: 'verbs and nouns of one family',
      questions: [
        asked('How much did the Harker Trust donate in total?', 370000),
        asked('Which country received the largest donations overall?', 'Kenya'),
        asked('How many people benefited from water projects?', 23100),
        asked('Which donors supported water projects?', 'Harker Trust'),
      ],
    },
    {
      phenomenon: 'both and neither',
      questions: [
        asked('Which projects have both wells and schools?', 'Mobile Clinics', 'River Guard'),
        asked('Which projects have neither wells nor schools?', 'Safe Roads', 'Seed Bank'),
      ],
    },
  ],
  machines: [
    {
      phenomenon: 'names that hold one another',
      questions: [
        asked('How many of the mixers were made by Orbel?', 3),
        asked('Give the two heaviest machines, heaviest first.', 'Titan', 'Basso'),
        asked('What do all the Orbel machines weigh together, in kilograms?', 1150),
        asked('How many machines have between 80 and 130 revolutions, both included?', 3),
        asked("How many revolutions does Orbel's Compact 5 have?", 90),
        asked('Which machine uses the most power?', 'Titan'),
        asked('List all mixers with more than 100 revolutions.', 'Volta 2', 'Volta 4'),
        asked('Which machine weighs the most?', 'Titan'),
      ],
    },
    {
      phenomenon: 'groups of so many rows',
      questions: [
        asked('Which maker with at least two machines uses the least power on average?', 'Hartig'),
        asked('How many makers are represented by at least two of the machines?', 2),
      ],
    },
    {
      phenomenon: 'differences in a unit',
      questions: [
        asked(
          'How many more kilowatts of power does the average Orbel machine have than the average Hartig machine?',
          3.65,
        ),
        asked(
          'By how many kW does the average power of Orbel machines exceed that of Hartig machines?',
          3.65,
        ),
        asked('Which of the three makers has the highest average power?', 'Lumo'),
      ],
    },
  ],
};

/** Questions over the same tables that must be refused, with a word that was not understood. */
export const unansweredQuestions: Readonly<
  Record<'shipments' | 'employees' | 'projects' | 'machines', readonly string[]>
> = {
  shipments: [
    'Which carrier sued Meridian?',
    'How many satellites did Cargoline launch?',
    'Which shipment had the angriest captain?',
    'How many shipments left by bicycle?',
    'Which shipment contained bananas?',
    'How many shipments were vaccinated?',
  ],
  employees: [
    'Who dislikes Carla Diaz?',
    'How many dogs do the employees own?',
    'Who is the funniest employee?',
    'Who was fired by Eva Stone?',
    'How many libraries hold Anna Berg?',
  ],
  projects: ['Which donor has the best reputation?', 'How many volunteers joined the water projects?'],
  machines: [
    'Which machine had the most in 2023?',
    'Which two machines are the sturdiest?',
    'Which machine has the loudest drum?',
    'Which was the noisiest machine launched?',
    'Which are the two most sparsely powered machines?',
    'Which maker has the noisiest machines?',
  ],
};
