"""bench/Gpu by Hugging Face Transformers; each prints a line of JSON.

full|lora|lora-bf16 ROW MICRO PARTS STEPS CHECKPOINTING(0|1)   training, without its Trainer
generate ROWS PROMPT NEW TEMPERATURE                           generation, as its generate does it by default (eager, a cache that grows)
"""
import json
import statistics
import sys
import time
from pathlib import Path

import torch
from transformers import LlamaConfig, LlamaForCausalLM


def create(cache):
    torch.manual_seed(1)
    config = LlamaConfig.from_json_file(Path(__file__).parent / "model" / "config.json")
    config.use_cache = cache
    config._attn_implementation = "sdpa"
    torch.set_default_dtype(torch.bfloat16)
    with torch.device("cuda"):
        return LlamaForCausalLM(config), config


def memory():
    free, whole = torch.cuda.mem_get_info()
    return {"memoryGb": round((whole - free) / 1e9, 2), "allocatedGb": round(torch.cuda.max_memory_allocated() / 1e9, 2)}


def train(mode, length, micro, parts, steps, checkpointing):
    model, config = create(cache=False)
    model.train()
    matrices = sum(p.numel() for p in model.parameters()) - config.vocab_size * config.hidden_size
    if checkpointing:
        model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
    if mode.startswith("lora"):
        from peft import LoraConfig, get_peft_model

        # In float32, as PEFT makes them by default, or in the model's type, which is faster.
        targets = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
        model = get_peft_model(model, LoraConfig(r=32, lora_alpha=64, target_modules=targets), autocast_adapter_dtype=mode == "lora")
        if checkpointing:
            model.enable_input_require_grads()
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=2e-5, weight_decay=0.1, fused=True)
    ids = torch.randint(0, config.vocab_size, (parts * micro // length, length), device="cuda")
    losses, times = [], []
    for _ in range(steps + 1):
        torch.cuda.synchronize()
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        total = 0
        for part in ids.split(micro // length):
            loss = model(input_ids=part, labels=part).loss / parts
            loss.backward()
            total += loss.detach()
        torch.nn.utils.get_total_norm([p.grad for p in trained]).item()
        optimizer.step()
        losses.append(f"{total.item():.6f}")
        torch.cuda.synchronize()
        times.append(time.perf_counter() - start)
    seconds = statistics.median(times[1:])
    operations = (6 if mode == "full" else 4) * matrices + 6 * config.num_hidden_layers * config.num_attention_heads * config.head_dim * length
    print(json.dumps({
        "program": "Transformers", "mode": mode, "row": length, "micro": micro, "tokensOfAStep": ids.numel(), "checkpointing": bool(checkpointing),
        "seconds": round(seconds, 4), "tokensPerSecond": round(ids.numel() / seconds), "teraflops": round(ids.numel() * operations / seconds / 1e12, 1),
        **memory(), "losses": " ".join(losses),
    }))


def generate(rows, length, added, temperature):
    model, config = create(cache=True)
    model.eval()
    with torch.no_grad():
        model.lm_head.weight.mul_(4)  # as RandomModel.Sharpen
    ids = torch.randint(0, config.vocab_size, (rows, length), device="cuda")
    sampling = {"do_sample": True, "temperature": temperature, "top_p": 0.95, "top_k": 0} if temperature > 0 else {"do_sample": False}
    for _ in range(2):
        torch.cuda.synchronize()
        start = time.perf_counter()
        model.generate(ids, attention_mask=torch.ones_like(ids), max_new_tokens=added, min_new_tokens=added, pad_token_id=0, **sampling)
        torch.cuda.synchronize()
        seconds = time.perf_counter() - start
    print(json.dumps({
        "program": "Transformers", "mode": "generate", "rows": rows, "prompt": length, "new": added, "temperature": temperature, "seconds": round(seconds, 4),
        "tokensPerSecond": round(rows * added / seconds), "milliseconds": round(1000 * seconds / added, 2), **memory(),
    }))


if sys.argv[1] == "generate":
    generate(*map(int, sys.argv[2:5]), float(sys.argv[5]))
else:
    train(sys.argv[1], *map(int, sys.argv[2:7]))
