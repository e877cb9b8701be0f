"""The model of bench/Student in plain eager PyTorch, as Transformers writes it: SHAPE [THREADS] prints "seconds of a step, of a generation, processor seconds of a step, of a generation", medians."""
import json
import math
import os
import statistics
import sys
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

TOP_P = 0.95


class RMSNorm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return self.weight * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6))


def rotate(x, cos, sin):
    half = x.shape[-1] // 2
    return x * cos + torch.cat((-x[..., half:], x[..., :half]), -1) * sin


class Attention(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.heads, self.kv, self.width = s["heads"], s["kv"], s["hidden"] // s["heads"]
        self.q = nn.Linear(s["hidden"], self.heads * self.width, bias=False)
        self.k = nn.Linear(s["hidden"], self.kv * self.width, bias=False)
        self.v = nn.Linear(s["hidden"], self.kv * self.width, bias=False)
        self.o = nn.Linear(self.heads * self.width, s["hidden"], bias=False)

    def forward(self, x, cos, sin, mask, cache, at):
        rows, length, _ = x.shape
        q = self.q(x).view(rows, length, self.heads, self.width).transpose(1, 2)
        k = self.k(x).view(rows, length, self.kv, self.width).transpose(1, 2)
        v = self.v(x).view(rows, length, self.kv, self.width).transpose(1, 2)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        if cache is not None:
            cache[0][:, :, at:at + length] = k
            cache[1][:, :, at:at + length] = v
            k, v = cache[0][:, :, :at + length], cache[1][:, :, :at + length]
        times = self.heads // self.kv
        if times > 1:
            k = k[:, :, None].expand(-1, -1, times, -1, -1).reshape(rows, self.heads, -1, self.width)
            v = v[:, :, None].expand(-1, -1, times, -1, -1).reshape(rows, self.heads, -1, self.width)
        scores = torch.matmul(q, k.transpose(2, 3)) / math.sqrt(self.width)
        if mask is not None:
            scores = scores + mask
        mixed = torch.matmul(torch.softmax(scores, -1), v)
        return self.o(mixed.transpose(1, 2).reshape(rows, length, -1))


class Layer(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.norm1, self.attention, self.norm2 = RMSNorm(s["hidden"]), Attention(s), RMSNorm(s["hidden"])
        self.gate = nn.Linear(s["hidden"], s["inner"], bias=False)
        self.up = nn.Linear(s["hidden"], s["inner"], bias=False)
        self.down = nn.Linear(s["inner"], s["hidden"], bias=False)

    def forward(self, x, *rest):
        x = x + self.attention(self.norm1(x), *rest)
        y = self.norm2(x)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


class Llama(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.embed = nn.Embedding(s["vocabulary"], s["hidden"])
        self.layers = nn.ModuleList(Layer(s) for _ in range(s["layers"]))
        self.norm = RMSNorm(s["hidden"])
        width = s["hidden"] // s["heads"]
        angles = torch.outer(torch.arange(256.0), 10000 ** (-torch.arange(0, width, 2) / width))
        self.cos, self.sin = torch.cat((angles, angles), -1).cos(), torch.cat((angles, angles), -1).sin()
        self.mask = torch.full((256, 256), -math.inf).triu(1)
        self.shape = s
        for p in self.parameters():
            if p.dim() == 2:
                nn.init.normal_(p, std=0.05)

    def forward(self, ids, caches=None, at=0):
        length = ids.shape[1]
        cos, sin = self.cos[at:at + length], self.sin[at:at + length]
        mask = self.mask[at:at + length, :at + length] if length > 1 else None
        x = self.embed(ids)
        for i, layer in enumerate(self.layers):
            x = layer(x, cos, sin, mask, caches[i] if caches else None, at)
        return self.norm(x)

    def logits(self, hidden):
        return F.linear(hidden, self.embed.weight)


class Moment(tuple):
    """Seconds of the clock and of the processor."""

    def __sub__(self, other):
        return Moment(a - b for a, b in zip(self, other))


def now():
    return Moment((time.perf_counter(), time.process_time()))


def medians(times):
    return [statistics.median(column) for column in zip(*times)]


def steps(model, s):
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.1, foreach=True)
    ids = torch.randint(3, s["vocabulary"], (32, 128))
    times = []
    for _ in range(2 * s["steps"] + 1):
        start = now()
        logits = model.logits(model(ids))
        loss = F.cross_entropy(logits[:, :-1].reshape(-1, s["vocabulary"]), ids[:, 1:].reshape(-1))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        loss.item()
        times.append(now() - start)
    return medians(times[s["steps"] + 1:])


def draw(logits, temperature):
    if temperature == 0:
        return logits.argmax(-1, keepdim=True)
    values, ids = logits.sort(-1, descending=True)
    likely = torch.softmax(values / temperature, -1)
    likely[likely.cumsum(-1) - likely >= TOP_P] = 0
    return ids.gather(-1, torch.multinomial(likely, 1))


@torch.inference_mode()
def generation(model, s):
    width = s["hidden"] // s["heads"]
    temperature = float(os.environ.get("TEMPERATURE", 0))
    times = []
    for _ in range(s["generations"] + 1):
        prompt = torch.randint(3, s["vocabulary"], (64, 64))
        start = now()
        caches = [tuple(torch.empty(64, s["kv"], 192, width) for _ in range(2)) for _ in range(s["layers"])]
        ids, at, answers = prompt, 0, []
        for _ in range(128):
            hidden = model(ids, caches, at)[:, -1]
            at += ids.shape[1]
            ids = draw(model.logits(hidden), temperature)
            answers.append(ids)
        torch.cat(answers, 1).tolist()
        times.append(now() - start)
    return medians(times[1:])


def main():
    torch.set_num_threads(int(sys.argv[2]) if len(sys.argv) > 2 else 2)
    torch.manual_seed(1)
    shapes = json.loads(Path(__file__).with_name("shapes.json").read_text())
    s = next(shape for shape in shapes if shape["name"] == sys.argv[1])
    model = Llama(s)
    (step, step_processor), (answers, answers_processor) = steps(model, s), generation(model, s)
    print(f"{step:.5f} {answers:.5f} {step_processor:.5f} {answers_processor:.5f}")


main()
