"""make_encoder.py FOLDER: saves a BERT encoder of random weights as Transformers does."""
import sys

import torch
from transformers import BertConfig, BertModel

torch.manual_seed(9)
model = BertModel(
    BertConfig(
        vocab_size=97,
        hidden_size=48,
        intermediate_size=80,
        num_hidden_layers=3,
        num_attention_heads=4,
        max_position_embeddings=64,
        initializer_range=0.2,
    )
)
for name, parameter in model.named_parameters():
    if "LayerNorm" in name or "bias" in name:
        parameter.data.uniform_(0.5, 1.5)
model.save_pretrained(sys.argv[1])
