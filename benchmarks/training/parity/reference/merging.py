"""merging.py FOLDER: the merges of recipes.json, tensor by tensor in float64, from the formulas of the papers."""
import json
import sys

import numpy as np
from safetensors.numpy import load_file, save_file

folder = sys.argv[1]


def top(values, count):
    """1 at the `count` greatest values."""
    mask = np.zeros(values.size)
    mask[np.argsort(-values, kind="stable", axis=None)[:count]] = 1
    return mask.reshape(values.shape)


def sce(base, models, variant, density):
    changes = np.stack(models) - base
    selected = np.ones_like(base)
    if density < 1:
        variance = changes.var(axis=0)
        selected = top(variance, int(np.count_nonzero(variance) * density))
    chosen = changes * selected
    energies = (chosen**2).reshape(len(models), -1).sum(axis=1)
    total = energies.sum()
    nothing = total / base.size < 1e-6 if variant == "mergekit" else total == 0
    weights = np.full(len(models), 1 / len(models)) if nothing else energies / total
    merged = changes if variant == "fuseai" else chosen
    sign = np.where(merged.sum(axis=0) >= 0, 1, -1)
    kept = np.sign(merged) == sign
    surviving = np.tensordot(weights, kept, axes=1)
    change = np.tensordot(weights, merged * kept, axes=1)
    if variant in ("mergekit-2024", "fuseai"):
        change = change / np.where(surviving == 0, 1, surviving)
    elif variant == "mergekit":
        change = change / np.maximum(surviving, 1e-6)
    return base + change


def ties(base, models, density, weights, scale):
    changes = [model - base for model in models]
    trimmed = np.stack([change * top(np.abs(change), max(1, int(density * change.size))) for change in changes])
    weighted = trimmed * np.reshape(weights, (-1,) + (1,) * base.ndim)
    sign = np.where(weighted.sum(axis=0) >= 0, 1, -1)
    kept = np.sign(weighted) == sign
    divisor = np.tensordot(weights, kept, axes=1)
    return base + scale * (weighted * kept).sum(axis=0) / np.where(divisor == 0, 1, divisor)


def merge(recipe, base, models):
    weights = np.array(recipe.get("weights") or [1.0] * len(models))
    if recipe["method"] == "sce":
        return sce(base, models, recipe["variant"], recipe["density"])
    if recipe["method"] == "ties":
        return ties(base, models, recipe["density"], weights, recipe["scale"])
    if recipe["method"] == "task-arithmetic":
        return base + recipe["scale"] * sum(weight * (model - base) for weight, model in zip(weights, models))
    total = sum(weight * model for weight, model in zip(weights, models))
    return total / weights.sum() if recipe["normalise"] else total


for index, recipe in enumerate(json.load(open(f"{folder}/recipes.json"))):
    read = lambda path: {name: values.astype(np.float64) for name, values in load_file(f"{path}/model.safetensors").items()}
    models = [read(path) for path in recipe["models"]]
    base = read(recipe["base"]) if "base" in recipe else models[0]
    merged = {name: merge(recipe, base[name], [model[name] for model in models]).astype(np.float32) for name in base}
    save_file(merged, f"{folder}/reference-{index}.safetensors")
