"""encoder.py CHECKPOINT SEQUENCES RESULT: hidden states of the last layer, by Transformers' BertModel."""
import json
import sys

import torch
from transformers import BertModel

checkpoint, sequences, result = sys.argv[1:]
model = BertModel.from_pretrained(checkpoint, dtype=torch.float32, attn_implementation="eager").eval()
states = []
with torch.no_grad():
    for sequence in json.load(open(sequences)):
        ids, types = torch.tensor([sequence["tokens"]]), torch.tensor([sequence["tokenTypes"]])
        states.append(model(ids, token_type_ids=types).last_hidden_state.flatten().tolist())
json.dump(states, open(result, "w"))
