// A model server as a process of its own, so that what it takes is not counted: PORT is printed when it listens.
import { startMisbehavingServer } from '../../src/models/testing/misbehaving-server.ts';

const [latency = '200'] = process.argv.slice(2);
const server = await startMisbehavingServer({
  latencyMilliseconds: Number(latency),
  answer: () => '{"company": "Acme", "revenue": "4,160 million USD", "year": 2023}',
});
process.stdout.write(`${server.baseUrl}\n`);
