"""What does a Hugging Face dataset say of itself? The card with its configurations, and the types of its columns."""

from collections.abc import Mapping
from typing import Any

_CARD = """---
language:
- fa
pretty_name: Newsroom corpus
task_categories:
- token-classification
configs:
{configs}
---

# Newsroom corpus

Persian news with entities, claims and stances. A configuration is one view of the articles: `gold`, an annotator under
a pseudonym, a machine.

| view | articles |
|---|---|
{rows}

Tags of `ner_tags`, in the order of their numbers: {tags}.

- Offsets are Unicode code points of `text`, half-open, in logical order; `text[start:end]` in Python is the quote.
- `tokens[i]` stands at `token_offsets[i]`; a sentence is a range of tokens in `sentences`.
- `ner_tags` holds the outermost entities on whole tokens; `spans` holds all spans exactly as they were marked, in all
  their `ranges`. `attributes` and `meta.given` are JSON.
- `losses.jsonl` lists each span that `ner_tags` holds otherwise than it was marked.

```python
import datasets

corpus = datasets.load_dataset("path/of/this/folder", "{first}", split="train")
```
"""


def card(counts: Mapping[str, int], tags: list[str]) -> str:
    """Returns the card of a dataset with these views and numbers of articles."""
    # Quoted: a pseudonym may look like a number or a truth value to YAML.
    configs = [
        f'- config_name: "{name}"\n  data_files:\n  - split: train\n    path: "{name}/train.parquet"' for name in counts
    ]  # fmt: skip
    if "gold" in counts:
        at = list(counts).index("gold")
        configs[at] += "\n  default: true"
    return _CARD.format(
        configs="\n".join(configs) or "[]",
        rows="\n".join(f"| {name} | {count} |" for name, count in counts.items()),
        tags=", ".join(f"`{tag}`" for tag in tags),
        first=next(iter(counts), "gold") if "gold" not in counts else "gold",
    )


def features_of(columns: Mapping[str, Any], tags: list[str]) -> dict[str, Any]:
    """Returns the columns as `datasets` describes them; the tags have names."""
    described = {name: _feature(kind) for name, kind in columns.items()}
    return described | {"ner_tags": {"feature": {"names": tags, "_type": "ClassLabel"}, "_type": "Sequence"}}


def _feature(kind: Any) -> Any:
    import pyarrow.types as types

    if types.is_struct(kind):
        return {field.name: _feature(field.type) for field in kind}
    if types.is_list(kind):
        # A sequence of objects is to `datasets` an object of sequences; a list in brackets stays one.
        inner = _feature(kind.value_type)
        return [inner] if types.is_struct(kind.value_type) else {"feature": inner, "_type": "Sequence"}
    return {"dtype": str(kind), "_type": "Value"}
