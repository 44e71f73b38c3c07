"""objectives.py CHECKPOINT BATCH: losses and gradients of TRL's GRPOTrainer on given rollouts and advantages."""
import json
import sys

import torch
from datasets import Dataset
from safetensors.torch import save_file
from tokenizers import Tokenizer, models
from transformers import PreTrainedTokenizerFast, Qwen3ForCausalLM
from trl import GRPOConfig, GRPOTrainer

checkpoint, batch = sys.argv[1:]
batch = json.load(open(batch))
rows = [(group["prompt"], response) for group in batch["groups"] for response in group["responses"]]


def padded(sequences, left=False, kind=torch.long):
    length = max(len(sequence) for sequence in sequences)
    values = torch.zeros(len(sequences), length, dtype=kind)
    mask = torch.zeros(len(sequences), length, dtype=torch.long)
    for row, sequence in enumerate(sequences):
        place = slice(length - len(sequence), length) if left else slice(0, len(sequence))
        values[row, place] = torch.tensor(sequence, dtype=kind)
        mask[row, place] = 1
    return values, mask


# A trainer wants a tokenizer and data, though neither has a part in the loss.
tokenizer = PreTrainedTokenizerFast(
    tokenizer_object=Tokenizer(models.WordLevel({"<pad>": 0}, unk_token="<pad>")), pad_token="<pad>", eos_token="<pad>"
)
prompts, prompt_mask = padded([prompt for prompt, _ in rows], left=True)
completions, completion_mask = padded([response for _, response in rows])
inputs = {
    "prompt_ids": prompts,
    "prompt_mask": prompt_mask,
    "completion_ids": completions,
    "completion_mask": completion_mask,
    "advantages": torch.tensor(batch["advantages"], dtype=torch.float32),
    "old_per_token_logps": padded(batch["old"], kind=torch.float32)[0],
    "ref_per_token_logps": padded(batch["reference"], kind=torch.float32)[0],
    "num_items_in_batch": completion_mask.sum(),
}
results = []
for index, case in enumerate(batch["cases"]):
    model = Qwen3ForCausalLM.from_pretrained(checkpoint, dtype=torch.float32, attn_implementation="eager")
    trainer = GRPOTrainer(
        model=model,
        reward_funcs=lambda completions, **_: [0.0 for _ in completions],
        args=GRPOConfig(
            output_dir=f"{checkpoint}/trl",
            per_device_train_batch_size=4,
            num_generations=4,
            gradient_accumulation_steps=1,
            steps_per_generation=1,
            gradient_checkpointing=False,
            bf16=False,
            use_cpu=True,
            report_to=[],
            disable_dropout=True,
            **case,
        ),
        train_dataset=Dataset.from_dict({"prompt": ["a"] * 4}),
        processing_class=tokenizer,
    )
    trainer.current_gradient_accumulation_steps = 1
    trainer.model.train()
    loss = trainer._compute_loss(trainer.model, inputs)
    loss.backward()
    name = f"gradients-{index}.safetensors"
    save_file({name: each.grad.contiguous() for name, each in trainer.model.named_parameters()}, f"{checkpoint}/{name}")
    results.append({"loss": loss.item(), "gradients": name})
json.dump(results, open(f"{checkpoint}/result.json", "w"))
