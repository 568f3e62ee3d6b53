"""From a trained tagger to the files of `language.encoder.network`: ONNX, weights in 8 bits."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from pipeline.language.encoder.windows import LONGEST
from pipeline.training.encoder.network import Size, rotations
from pipeline.training.encoder.tagger import Tagger

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_OPSET = 23
_SMALLEST = 1.1920929e-07  # what torch's RMSNorm adds: the epsilon of float32


class _Graph:
    """Collects the nodes and weights of an ONNX graph.

    Written out by hand, since the graph is small and then holds just what onnxruntime needs: one
    window at a time, so nothing is filled up or hidden, and matrices in the layout that it
    quantises.
    """

    def __init__(self, tagger: Tagger) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self._state = {name: value.float().numpy() for name, value in tagger.state_dict().items()}

    def weight(self, name: str, value: NDArray[np.generic]) -> str:
        """Add a constant."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def __call__(self, kind: str, *inputs: str, outputs: int = 1, **attributes: object) -> str:
        """Add a node; several outputs are named ``name:0``, ``name:1``."""
        name = f"{kind}{len(self.nodes)}"
        names = [name] if outputs == 1 else [f"{name}:{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=name, **attributes))
        return name

    def norm(self, x: str, name: str) -> str:
        """RMSNorm."""
        scale = self.weight(name, self._state[f"{name}.weight"])
        return self("RMSNormalization", x, scale, epsilon=_SMALLEST)

    def matrix(self, x: str, name: str) -> str:
        """Multiply by a matrix that PyTorch keeps transposed."""
        return self("MatMul", x, self.weight(name, self._state[f"{name}.weight"].T))

    def split(self, x: str, parts: int) -> list[str]:
        """Cut vectors into parts."""
        name = self("Split", x, axis=-1, num_outputs=parts, outputs=parts)
        return [f"{name}:{part}" for part in range(parts)]

    def rotations(self, head_size: int) -> list[str]:
        """The cosines and sines of the positions of a window's words."""
        zero = self.weight("zero", np.array([0]))
        words = self("Shape", "x", start=1, end=2)
        tables = zip(("cos", "sin"), rotations(LONGEST, head_size), strict=True)
        whole = [self.weight(name, table.numpy().astype(np.float32)) for name, table in tables]
        return [self("Unsqueeze", self("Slice", x, zero, words, zero), zero) for x in whole]

    def bias(self, x: str, out: str) -> None:
        """Add the head's bias, which makes the graph's output."""
        bias = self.weight("head_bias", self._state["head.bias"])
        self.nodes.append(helper.make_node("Add", [x, bias], [out]))


def make_graph(tagger: Tagger) -> onnx.ModelProto:
    """Write a tagger's layers as ONNX, in 32-bit numbers.

    Args:
        tagger: trained.

    Returns:
        The graph from ``x`` (1, words, width) to ``scores`` (1, words, tags).
    """
    size = tagger.size
    graph = _Graph(tagger)
    turns = graph.rotations(size.width // size.heads)
    x = graph.norm("x", "encoder.norm_in")
    for number in range(size.layers):
        part = f"encoder.layers.{number}."
        normed = graph.norm(x, f"{part}norm_attention")
        q, k, v = graph.split(graph.matrix(normed, f"{part}qkv"), 3)
        q, k = (graph("RotaryEmbedding", y, *turns, num_heads=size.heads) for y in (q, k))
        mixed = graph("Attention", q, k, v, q_num_heads=size.heads, kv_num_heads=size.heads)
        x = graph("Add", x, graph.matrix(mixed, f"{part}out"))
        normed = graph.norm(x, f"{part}norm_hidden")
        gate, up = graph.split(graph.matrix(normed, f"{part}up"), 2)
        hidden = graph("Mul", graph("Mul", gate, graph("Sigmoid", gate)), up)
        x = graph("Add", x, graph.matrix(hidden, f"{part}down"))
    graph.bias(graph.matrix(graph.norm(x, "encoder.norm_out"), "head"), "scores")
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "names",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, "words", size.width])],
            [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, "words", None])],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=11,
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def quantise_rows(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Write every row in 8 bits.

    Args:
        table: (rows, width).

    Returns:
        The rows, and (rows, 1) what to multiply them by.
    """
    scales = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-9) / 127
    return np.rint(table / scales).astype(np.int8), scales.astype(np.float32)


def export(tagger: Tagger, vocabulary: Path, out: Path) -> None:
    """Write all files of the network.

    Weights of the layers are in 7 bits of 8, one scale a column: processors without VNNI would
    overflow in the eighth. The last layer, small and sensitive, stays in 32 bits.

    Args:
        tagger: trained.
        vocabulary: its file.
        out: folder to write to.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    out.mkdir(parents=True, exist_ok=True)
    whole = out / "whole.onnx"
    onnx.save(make_graph(tagger), whole)
    quantize_dynamic(
        whole,
        out / "network.onnx",
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul"],
        nodes_to_exclude=[node.name for node in _head(whole)],
        extra_options={"MatMulConstBOnly": True},
    )
    whole.unlink()
    rows, scales = quantise_rows(tagger.embedding.pieces.weight.detach().float().numpy())
    cases = tagger.embedding.cases.weight.detach().float().numpy()
    np.savez(out / "vectors.npz", pieces=rows, scales=scales, cases=cases)
    shutil.copyfile(vocabulary, out / "vocabulary.txt")


def read_back(folder: Path) -> Tagger:
    """Read a tagger from what `export` wrote, to train it further.

    Args:
        folder: with the files of the network.

    Returns:
        The tagger, with weights as near as 8 bits are.
    """
    graph = onnx.load(folder / "network.onnx").graph
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    with np.load(folder / "vectors.npz") as vectors:
        pieces, cases = vectors["pieces"] * vectors["scales"], vectors["cases"]
    hidden, width = arrays["encoder.layers.0.down_quantized"].shape
    layers = sum(name.endswith(".down_quantized") for name in arrays)
    attention = next(node for node in graph.node if node.op_type == "Attention")
    heads = next(a.i for a in attention.attribute if a.name == "q_num_heads")
    tagger = Tagger(Size(len(pieces), width, layers, heads, hidden))
    given = {
        "embedding.pieces.weight": pieces,
        "embedding.cases.weight": cases,
        "head.weight": arrays["head"].T,
        "head.bias": arrays["head_bias"],
    }

    def weight(name: str) -> NDArray[np.float32]:
        if name in given:
            return np.asarray(given[name])
        part = name.removesuffix(".weight")
        if part in arrays:
            return np.asarray(arrays[part])
        whole = arrays[f"{part}_quantized"].astype(np.float32) - arrays[f"{part}_zero_point"]
        return np.asarray((whole * arrays[f"{part}_scale"]).T)

    tagger.load_state_dict({name: torch.tensor(weight(name)) for name in tagger.state_dict()})
    tagger.eval()
    return tagger


def _head(path: Path) -> list[onnx.NodeProto]:
    """The nodes that multiply by the last layer's matrix."""
    return [node for node in onnx.load(path).graph.node if "head" in node.input]
