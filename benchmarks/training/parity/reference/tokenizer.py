"""tokenizer.py FOLDER: trains as tokenizer.json there was trained, and encodes a text with it."""
import json
import sys

from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers
from transformers import AutoTokenizer

folder = sys.argv[1]
given = json.load(open(f"{folder}/input.json", encoding="utf-8"))
ours = json.load(open(f"{folder}/tokenizer.json", encoding="utf-8"))
pattern = ours["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"]

tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
    [pre_tokenizers.Split(Regex(pattern), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
)
trainer = trainers.BpeTrainer(
    vocab_size=given["vocabularySize"],
    min_frequency=2,
    special_tokens=given["specialTokens"],
    initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    show_progress=False,
)
tokenizer.train_from_iterator(given["texts"], trainer)
theirs = json.loads(tokenizer.to_str())["model"]

loaded = Tokenizer.from_file(f"{folder}/tokenizer.json")
auto = AutoTokenizer.from_pretrained(folder)
ids = loaded.encode(given["text"]).ids
result = {
    "trainedAlike": theirs["vocab"] == ours["model"]["vocab"]
    and [list(merge) for merge in theirs["merges"]] == ours["model"]["merges"],
    "ids": ids,
    "idsOfAutoTokenizer": auto(given["text"])["input_ids"],
    "decoded": auto.decode(ids),
}
json.dump(result, open(f"{folder}/result.json", "w"))
