"""Records what llama.cpp makes of the models of RandomModel.

    pip install xllamacpp gguf       # llama.cpp as a Python module; its build number goes into each file
    java … dev.tierwise.engine.model.RandomModel MODELS
    python record.py MODELS src/test/resources/dev/tierwise/engine/golden
"""
import json
import pathlib
import sys
import urllib.request

import gguf
import xllamacpp

PROMPT = [(i * 37 + 11) % 250 for i in range(24)]


def server(model, lora=None):
    p = xllamacpp.CommonParams()
    p.model.path = str(model)
    p.n_ctx = 256
    p.n_parallel = 1
    p.cpuparams.n_threads = 1
    p.cpuparams_batch.n_threads = 1
    p.warmup = False
    p.cache_type_k = xllamacpp.ggml_type.GGML_TYPE_F32
    p.cache_type_v = xllamacpp.ggml_type.GGML_TYPE_F32
    p.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
    p.verbosity = -1
    if lora:
        adapters = xllamacpp.CommonAdapterLoraInfo(str(lora), 1.0)
        p.lora_adapters = [adapters]
    return xllamacpp.Server(p)


def complete(s):
    """Greedy among the tokens of whole characters: the server tells no chances of half ones."""
    steps, ids = [], list(PROMPT)
    for _ in range(16):
        body = {"prompt": ids, "n_predict": 1, "temperature": 0, "n_probs": 5, "cache_prompt": False,
                "logit_bias": [[b, False] for b in range(128, 256)]}
        ask = urllib.request.Request(s.listening_address + "/completion", json.dumps(body).encode(),
                                     {"content-type": "application/json"})
        with urllib.request.urlopen(ask) as answer:
            answer = json.load(answer)
        first = answer["completion_probabilities"][0]
        steps.append({"id": first["id"], "logprob": round(first["logprob"], 5), "top": [
            {"id": o["id"], "logprob": round(o["logprob"], 5)} for o in first["top_logprobs"]]})
        ids.append(first["id"])
        if first["id"] == 258:
            break
    return steps


def in_full(model, copy):
    """The same model with its numbers written out, so that only the format is compared and not how
    either side rounds what the numbers are multiplied with."""
    reader = gguf.GGUFReader(model)
    writer = gguf.GGUFWriter(copy, "llama")
    for field in reader.fields.values():
        if field.name.startswith("GGUF.") or field.name == "general.architecture":
            continue
        kind, *inner = field.types
        writer.add_key_value(field.name, field.contents(), kind, inner[0] if inner else None)
    for tensor in reader.tensors:
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        writer.add_tensor(tensor.name, values.reshape(tensor.shape[::-1]).astype("float32"))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return copy


def main(models, out):
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    models = pathlib.Path(models)
    for model in sorted(models.glob("*.gguf")):
        if "lora" in model.name:
            base = models / model.name.replace("-lora", "")
            s = server(base, model)
        elif "F32" in model.name:
            s = server(model)
        else:
            s = server(in_full(model, models / "copy.tmp"))
        record = {"llama.cpp": xllamacpp.__version__ if hasattr(xllamacpp, "__version__") else "?",
                  "prompt": PROMPT, "steps": complete(s)}
        (out / (model.stem + ".json")).write_text(json.dumps(record, separators=(",", ":")) + "\n")
        print(model.stem, [x["id"] for x in record["steps"]][:8], flush=True)


main(*sys.argv[1:])
