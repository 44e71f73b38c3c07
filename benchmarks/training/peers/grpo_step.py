"""Steps of TRL's GRPOTrainer, generation included: one prompt, its rollouts, one update.

Prints the seconds of every step as JSON on its last line.
"""
import json
import os
import random
import sys
import tempfile
import time

os.environ["WANDB_DISABLED"] = "true"
import torch
from datasets import Dataset
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM, TrainerCallback
from trl import GRPOConfig, GRPOTrainer

shape = json.loads(sys.argv[1])
torch.set_num_threads(shape["threads"])
vocabulary = shape["vocabularySize"]
pad, end = vocabulary - 3, vocabulary - 2
words = {f"w{token}": token for token in range(vocabulary - 3)}
raw = Tokenizer(models.WordLevel({**words, "<pad>": pad, "<end>": end, "<unk>": vocabulary - 1}, unk_token="<unk>"))
raw.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
tokenizer = PreTrainedTokenizerFast(tokenizer_object=raw, pad_token="<pad>", eos_token="<end>", unk_token="<unk>")
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
        eos_token_id=end,
        pad_token_id=pad,
    )
)
prompts = [
    {"prompt": " ".join(f"w{random.randrange(vocabulary - 3)}" for _ in range(shape["promptTokens"]))}
    for _ in range(64)
]
seconds = []


class Clock(TrainerCallback):
    def on_step_begin(self, *_, **__):
        self.started = time.perf_counter()

    def on_step_end(self, *_, **__):
        seconds.append(time.perf_counter() - self.started)


with tempfile.TemporaryDirectory() as folder:
    GRPOTrainer(
        model=model,
        reward_funcs=[lambda completions, **_: [random.random() for _ in completions]],
        args=GRPOConfig(
            output_dir=folder,
            per_device_train_batch_size=shape["rollouts"],
            num_generations=shape["rollouts"],
            max_completion_length=shape["responseTokens"],
            max_steps=shape["steps"] + 1,
            report_to=[],
            save_strategy="no",
            beta=0.0,
            bf16=False,
            gradient_checkpointing=False,
            use_cpu=True,
            learning_rate=1e-5,
            disable_tqdm=True,
        ),
        train_dataset=Dataset.from_list(prompts),
        processing_class=tokenizer,
        callbacks=[Clock()],
    ).train()
print(json.dumps(seconds[1:]))
