"""make_decoder.py FOLDER KIND: saves a Qwen3 decoder of random weights as Transformers does."""
import sys

import torch
from transformers import Qwen3Config, Qwen3ForCausalLM

folder, kind = sys.argv[1:]
torch.manual_seed(5)
in_shards = "shards" in kind
model = Qwen3ForCausalLM(
    Qwen3Config(
        vocab_size=211,
        hidden_size=48,
        intermediate_size=112,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=20,
        max_position_embeddings=128,
        rope_theta=50_000.0,
        tie_word_embeddings=not in_shards,
        initializer_range=0.1,
    )
)
for name, parameter in model.named_parameters():
    if "norm" in name:
        parameter.data.uniform_(0.5, 1.5)
if in_shards:
    model.to(torch.bfloat16).save_pretrained(folder, max_shard_size="60KB")
else:
    model.save_pretrained(folder)
