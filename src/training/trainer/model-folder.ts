import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { configurationFileName } from '../checkpoint/configuration-file.ts';
import { lastCheckpoint } from './training-checkpoint.ts';

/** The folder that a model lies in: the given one, or while a training run is on, its last checkpoint. */
export async function modelFolder(folder: string): Promise<string> {
  const isModel = (await stat(join(folder, configurationFileName)).catch(() => null)) !== null;
  return isModel ? folder : ((await lastCheckpoint(folder)) ?? folder);
}
