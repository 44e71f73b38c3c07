import { asked } from './domain-questions.ts';
import type { DomainQuestion } from './domain-questions.ts';

/** Questions in the words of everyday over the domain tables, their answers checked by hand. */
export const everydayQuestions: Readonly<
  Record<'companies' | 'universities' | 'trials' | 'listings', readonly DomainQuestion[]>
> = {
  companies: [
    asked('By what percentage did total revenue grow from 2021 to 2022?', 16.7409),
    asked('Which two companies recorded the most revenue in 2021?', 'Delta Foods', 'Acme Industries'),
    asked('Number of employees of Delta Foods?', 64000),
    asked("Ember Energy's revenue?", 7400000000),
    asked('By how many employees does Delta Foods exceed Acme Industries?', 43000),
    asked('How many employees separate Delta Foods from Acme Industries in number of employees?', 43000),
    asked("Delta Foods's revenue is how many times Ember Energy's?", 1.67568),
    asked('Where does Cobalt Mining stand in the ranking by revenue, the highest being number 1?', 4),
    asked('For how many companies is no chief executive officer stated?', 1),
    asked(
      'Give the second to fourth largest companies by revenue.',
      'Ember Energy',
      'Acme Industries',
      'Cobalt Mining',
    ),
    asked(
      'Among companies of between 5 and 20 thousand employees, which ones have a gross margin above 30 %?',
      'Ember Energy',
    ),
    asked(
      'Which companies combine a revenue above 5 billion with fewer than 20,000 employees?',
      'Ember Energy',
    ),
    asked('Which companies suffered a negative net income?', 'Cobalt Mining', 'Fathom Labs'),
    asked('How many companies recorded losses, that is a negative net income?', 2),
    asked(
      'Which companies are members of the top 3 by revenue that do not appear in the top 3 by number of employees?',
      'Borealis Software',
      'Cobalt Mining',
      'Fathom Labs',
    ),
    asked('List the members of the top 3 by revenue that do not appear in the top 3 by net income.'),
    asked(
      'Taking companies from the largest by revenue downwards, how many does it take for their running total to pass half of the revenue of all companies?',
      2,
    ),
    asked(
      'Taking companies from the highest downwards, how many does it take for their running total to pass half of the revenue of all companies?',
      2,
    ),
    asked(
      'Multiply the number of employees by the gross margin to get a labour index: which two companies have the largest?',
      'Delta Foods',
      'Acme Industries',
    ),
    asked('What is the average revenue of companies of the north (headquarters in Norway)?', 4140000000),
    asked(
      'Excluding tech firms (sector Technology), which companies have more than 10,000 employees?',
      'Acme Industries',
      'Delta Foods',
      'Ember Energy',
    ),
    asked(
      'Which sectors found in at least two companies have an average revenue below the average of all companies?',
      'Technology',
    ),
    asked(
      'Of the sectors with at least one company, which has the highest average number of employees?',
      'Consumer goods',
    ),
    asked('Compute the population standard deviation of revenue over all companies stating it.', 4250240000),
    asked(
      'What is the 90th percentile of revenue (linear interpolation between the ordered values)?',
      9900000000,
    ),
    asked(
      'In which two companies is the revenue per employee greatest?',
      'Ember Energy',
      'Borealis Software',
    ),
    asked('What percentage of the combined revenue of all companies belongs to Delta Foods?', 43.855),
    asked('Add up the employees of all companies: what is the total?', 114120),
    asked(
      'Which companies have an above-average revenue and, at the same time, a gross margin lower than 30 %?',
      'Delta Foods',
    ),
    asked(
      'Split the companies into three equal groups by revenue. What is the average gross margin of each tercile?',
      [1, 66.5],
      [2, 24.85],
      [3, 31.35],
    ),
    asked(
      'How much higher is the average gross margin in the two companies with the highest revenue than in the two with the lowest?',
      -35.15,
    ),
  ],
  universities: [
    asked('How many students are enrolled at Birch College?', 2100),
    asked(
      'By how many percentage points does the graduation rate of Dogwood Institute exceed that of Cedar State?',
      35,
    ),
    asked("Cedar State's total enrollment is how many times Birch College's?", 12.381),
    asked(
      'In the in-state tuition ranking with the highest at position 1, what position does Elm University hold?',
      4,
    ),
    asked(
      'Name the first to third highest universities by graduation rate.',
      'Dogwood Institute',
      'Alder University',
      'Birch College',
    ),
    asked('Of the universities that state a graduation rate, what percentage have it below 75 %?', 60),
    asked(
      'Among universities of between 10 and 30 thousand students, which ones have a graduation rate above 65 %?',
      'Alder University',
      'Elm University',
    ),
    asked('How many universities reported selective admission, that is an admission rate below 35 %?', 2),
    asked(
      'Which universities are in the top 3 by applications but not in the top 3 by graduation rate?',
      'Cedar State',
    ),
    asked(
      'Taking universities from the largest down, how many are needed for their combined total to reach 60 % of the total enrollment?',
      2,
    ),
    asked(
      'If all applications received were 50 % higher, how many universities now below 20,000 would reach more than 20,000?',
      1,
    ),
    asked(
      'Divide the applications received by the students admitted: which university has the highest?',
      'Dogwood Institute',
    ),
    asked(
      'Compare the average graduation rate of public universities and private universities.',
      ['Private', 85],
      ['Public', 73],
    ),
    asked(
      'Which universities have a below-average graduation rate and an admission rate over 50 %?',
      'Birch College',
      'Cedar State',
      'Elm University',
    ),
  ],
  trials: [
    asked('How many sites does NCT002 have?', 64),
    asked('Enrollment of NCT004?', 960),
    asked('What separates the enrollment of NCT002 from that of NCT004?', 840),
    asked('For how many trials is no completion date stated?', 2),
    asked('Of the trials that state an enrollment, how many have it above 500?', 2),
    asked('Which trials combine an enrollment above 200 with fewer than 20 sites?', 'NCT001', 'NCT005'),
    asked('How many trials showed large enrollment, that is an enrollment above 900?', 2),
    asked(
      'Excluding late ones (phase Phase 3), which trials have an enrollment above 200?',
      'NCT001',
      'NCT005',
    ),
    asked(
      'Considering only sponsors shared by two trials or more, which sponsor has the highest average enrollment?',
      'Helix Bio',
    ),
    asked(
      'Which sponsors have more than 1 trial? Give each sponsor with its number of trials.',
      ['Helix Bio', 2],
      ['Northwind Pharma', 2],
    ),
    asked(
      'Compare the median enrollment of asthma trials and diabetes trials.',
      ['Diabetes', 1055],
      ['Asthma', 138],
    ),
    asked('Add up the enrollment of all trials.', 3346),
    asked(
      'Split the trials that state an enrollment into two equal groups by enrollment. What is the average number of sites of each half?',
      [1, 9.66667],
      [2, 47.5],
    ),
  ],
  listings: [
    asked('Living area of 22 Mill Lane?', 71),
    asked('What separates the asking price of 7 Hill Street from that of 22 Mill Lane?', 545000),
    asked('The asking price of 7 Hill Street is how many times that of 14 Garden Way?', 4.09091),
    asked('Where does 9 River Court stand in the ranking by asking price, the lowest being number 1?', 3),
    asked('For which listings is no lot size stated?', '14 Garden Way', '22 Mill Lane'),
    asked('Which are the second to third lowest listings by asking price?', '22 Mill Lane', '9 River Court'),
    asked(
      'Of the listings that state a lot size, which have it above 200?',
      '1 Harbour Road',
      '7 Hill Street',
    ),
    asked('Which listings combine an asking price under 400,000 with more than 2 bedrooms?', '9 River Court'),
    asked(
      'Which listings are among the 3 largest by living area and the 3 largest by asking price?',
      '1 Harbour Road',
      '7 Hill Street',
      '9 River Court',
    ),
    asked(
      'If every asking price were 10 % lower, which listings now above 400,000 would fall to less than 380,000?',
      '1 Harbour Road',
    ),
    asked(
      'Divide the asking price by the living area to get a price density: which listing has the highest price density?',
      '7 Hill Street',
    ),
    asked('What is the average asking price of listings that are flats (property type Apartment)?', 231500),
    asked(
      'Of all cities with at least 2 listings, which one has the highest average asking price?',
      'Lisbon',
    ),
    asked('Which agent looks after the greatest number of listings, and how many?', ['Casa Verde', 2]),
    asked(
      'Which cities hold more than 1 listing? Give each city with its count, the largest first.',
      ['Lisbon', 2],
      ['Porto', 2],
    ),
    asked(
      'Compare the average asking price of apartments and houses.',
      ['House', 387500],
      ['Apartment', 231500],
    ),
    asked(
      'Which two listings have the most bedrooms? Best equipped first.',
      '7 Hill Street',
      '1 Harbour Road',
    ),
    asked('In which two listings is the asking price highest?', '7 Hill Street', '1 Harbour Road'),
    asked('What share of the total asking price is accounted for by listings in Lisbon?', 60.0586),
    asked('Sum up the asking price of all listings.', 2048000),
    asked(
      'Which listings have an above-average asking price and, at the same time, more than 3 bedrooms?',
      '7 Hill Street',
    ),
    asked(
      'How much larger is the average living area in the two listings with the highest asking price than in the two with the lowest?',
      102.5,
    ),
  ],
};
