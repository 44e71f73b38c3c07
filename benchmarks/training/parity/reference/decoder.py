"""decoder.py CHECKPOINT BATCH: logits of each prompt, and loss and gradients of the responses, by Transformers."""
import json
import sys

import torch
from safetensors.torch import save_file
from transformers import Qwen3ForCausalLM

checkpoint, batch = sys.argv[1:]
model = Qwen3ForCausalLM.from_pretrained(checkpoint, dtype=torch.float32, attn_implementation="eager")
groups = json.load(open(batch))

model.eval()
with torch.no_grad():
    logits = [model(torch.tensor([group["prompt"]])).logits[0].flatten().tolist() for group in groups]

rows = [(group["prompt"], response) for group in groups for response in group["responses"]]
length = max(len(prompt) + len(response) for prompt, response in rows)
ids = torch.zeros(len(rows), length, dtype=torch.long)
attention = torch.zeros_like(ids)
labels = torch.full_like(ids, -100)
for row, (prompt, response) in enumerate(rows):
    end = len(prompt) + len(response)
    ids[row, :end] = torch.tensor(prompt + response)
    attention[row, :end] = 1
    labels[row, len(prompt) : end] = torch.tensor(response)
loss = model(ids, attention_mask=attention, labels=labels).loss
loss.backward()

gradients = {name: parameter.grad.contiguous() for name, parameter in model.named_parameters()}
save_file(gradients, f"{checkpoint}/gradients.safetensors")
json.dump({"loss": loss.item(), "logits": logits}, open(f"{checkpoint}/result.json", "w"))
