"""merge.py RECIPE OUT: merges bfloat16 checkpoints with NumPy in float32, a tensor at a time (files by PyTorch)."""
import json
import os
import sys

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import save_file

recipe = json.loads(sys.argv[1])


def largest(values, share):
    """Whether each value is among the largest `share`."""
    count = max(1, int(share * values.size))
    if count >= values.size:
        return np.ones(values.shape, bool)
    return values >= np.partition(values, values.size - count, axis=None)[values.size - count]


def sce(base, changes, density):
    if density < 1:
        changes = changes * largest(changes.var(axis=0), density)
    energies = np.square(changes).reshape(len(changes), -1).sum(axis=1)
    weights = energies / max(energies.sum(), 1e-12)
    kept = np.sign(changes) == np.where(changes.sum(axis=0) >= 0, 1, -1)
    surviving = np.tensordot(weights, kept, axes=1)
    return base + np.tensordot(weights, changes * kept, axes=1) / np.maximum(surviving, 1e-6)


def ties(base, changes, density):
    changes = np.stack([change * largest(np.abs(change), density) for change in changes])
    kept = np.sign(changes) == np.where(changes.sum(axis=0) >= 0, 1, -1)
    return base + (changes * kept).sum(axis=0) / np.maximum(kept.sum(axis=0), 1)


def merge(tensors):
    method, density = recipe["method"], recipe.get("density", 1)
    if method == "linear":
        return sum(tensors) / len(tensors)
    base, *models = tensors
    changes = np.stack(models) - base
    if method == "task-arithmetic":
        return base + recipe["scale"] * changes.sum(axis=0)
    return sce(base, changes, density) if method == "sce" else ties(base, changes, density)


files = [safe_open(os.path.join(path, "model.safetensors"), framework="pt") for path in recipe["paths"]]
merged = {}
for name in files[0].keys():
    numbers = merge([file.get_tensor(name).float().numpy() for file in files]).astype(np.float32)
    merged[name] = torch.from_numpy(numbers).to(torch.bfloat16)
os.makedirs(sys.argv[2])
save_file(merged, os.path.join(sys.argv[2], "model.safetensors"))
