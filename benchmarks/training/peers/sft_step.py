"""Training steps of Transformers' Qwen3ForCausalLM: forward, backward, clipping, AdamW (fused).

Takes commands on standard input, one a line, and answers each with the seconds of every step as JSON:
  eager STEPS | compiled STEPS | sgemm STEPS    (sgemm: products of matrices of 1024 x 1024 by NumPy's OpenBLAS)
"""
import json
import sys
import time

import numpy
import torch
from transformers import Qwen3Config, Qwen3ForCausalLM

shape = json.loads(sys.argv[1])
torch.set_num_threads(shape["threads"])
rows, length, vocabulary = shape["rows"], shape["length"], shape["vocabularySize"]


def trainer():
    model = Qwen3ForCausalLM(
        Qwen3Config(
            vocab_size=vocabulary,
            hidden_size=shape["hiddenSize"],
            intermediate_size=shape["intermediateSize"],
            num_hidden_layers=shape["layers"],
            num_attention_heads=shape["attentionHeads"],
            num_key_value_heads=shape["keyValueHeads"],
            head_dim=shape["headSize"],
            max_position_embeddings=4096,
            tie_word_embeddings=True,
        )
    )
    return model, torch.optim.AdamW(model.parameters(), lr=1e-3, fused=True)


def stepper(compiled):
    model, optimizer = trainer()
    run = torch.compile(model) if compiled else model
    tokens = torch.randint(0, vocabulary, (rows, length))

    def step():
        run(tokens, labels=tokens).loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()

    for _ in range(3):
        step()
    return step


def multiplier():
    one = numpy.random.rand(1024, 1024).astype(numpy.float32)
    other = numpy.random.rand(1024, 1024).astype(numpy.float32)
    return lambda: one @ other


steppers = {}
for line in sys.stdin:
    kind, steps = line.split()
    if kind not in steppers:
        steppers[kind] = multiplier() if kind == "sgemm" else stepper(kind == "compiled")
    seconds = []
    for _ in range(int(steps)):
        started = time.perf_counter()
        steppers[kind]()
        seconds.append(time.perf_counter() - started)
    print(json.dumps(seconds), flush=True)
