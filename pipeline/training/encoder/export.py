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

_OPSET = 21
_SMALLEST = 1.1920929e-07  # what torch's RMSNorm adds: the epsilon of float32


class _Graph:
    """Collects the nodes and weights of an ONNX graph.

    Written out by hand, since the graph is small and then holds just what onnxruntime needs: no
    shapes but the number of windows and words, and matrices in the layout that it quantises.
    """

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

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

    def norm(self, x: str, name: str, scale: NDArray[np.float32]) -> str:
        """RMSNorm."""
        squares = self("ReduceMean", self("Mul", x, x), "last", keepdims=1)
        root = self("Sqrt", self("Add", squares, "smallest"))
        return self("Mul", self("Div", x, root), self.weight(name, scale))

    def matrix(self, x: str, name: str, value: NDArray[np.float32]) -> str:
        """Multiply by a matrix that PyTorch keeps transposed."""
        return self("MatMul", x, self.weight(name, value.T))

    def rotate(self, x: str) -> str:
        """Turn (windows, heads, words, size) by the positions."""
        halves = self("Split", x, axis=-1, num_outputs=2, outputs=2)
        a, b = f"{halves}:0", f"{halves}:1"
        first = self("Sub", self("Mul", a, "cos"), self("Mul", b, "sin"))
        second = self("Add", self("Mul", a, "sin"), self("Mul", b, "cos"))
        return self("Concat", first, second, axis=-1)


def make_graph(tagger: Tagger) -> onnx.ModelProto:
    """Write a tagger's layers as ONNX, in 32-bit numbers.

    Args:
        tagger: trained.

    Returns:
        The graph from ``x`` (windows, words, width) and ``lengths`` (windows) to ``scores``
        (windows, words, tags).
    """
    size = tagger.size
    state = {name: value.float().numpy() for name, value in tagger.state_dict().items()}
    graph = _Graph()
    head_size = size.width // size.heads
    for name, value in {
        "last": np.array([-1]),
        "one": np.array([1]),
        "zero": np.array([0]),
        "smallest": np.float32(_SMALLEST),
        "scale": np.float32(head_size**-0.5),
        "low": np.float32(-1e4),
        "split_heads": np.array([0, 0, 3, size.heads, head_size]),
        "join_heads": np.array([0, 0, size.width]),
        "axes_mask": np.array([1, 2]),
        "numbers": np.arange(LONGEST),
    }.items():
        graph.weight(name, np.asarray(value))
    words = graph("Shape", "x", start=1, end=2)
    for name, table in zip(("cos", "sin"), rotations(LONGEST, head_size), strict=True):
        whole = graph.weight(f"{name}_table", table.numpy().astype(np.float32))
        graph.nodes.append(helper.make_node("Slice", [whole, "zero", words, "zero"], [name]))
    numbers = graph("Slice", "numbers", "zero", words, "zero")
    absent = graph("GreaterOrEqual", numbers, graph("Unsqueeze", "lengths", "one"))
    mask = graph("Mul", graph("Cast", absent, to=TensorProto.FLOAT), "low")
    mask = graph("Unsqueeze", mask, "axes_mask")
    x = graph.norm("x", "norm_in", state["encoder.norm_in.weight"])
    for number in range(size.layers):
        part = f"encoder.layers.{number}."

        def weight(name: str, part: str = part) -> NDArray[np.float32]:
            return np.asarray(state[f"{part}{name}.weight"])

        normed = graph.norm(x, f"{part}norm_attention", weight("norm_attention"))
        qkv = graph("Reshape", graph.matrix(normed, f"{part}qkv", weight("qkv")), "split_heads")
        qkv = graph("Transpose", qkv, perm=[2, 0, 3, 1, 4])
        split = graph("Split", qkv, axis=0, num_outputs=3, outputs=3)
        q, k, v = (graph("Squeeze", f"{split}:{i}", "zero") for i in range(3))
        turned = graph("Transpose", graph.rotate(k), perm=[0, 1, 3, 2])
        scores = graph("MatMul", graph("Mul", graph.rotate(q), "scale"), turned)
        mixed = graph("MatMul", graph("Softmax", graph("Add", scores, mask), axis=-1), v)
        joined = graph("Reshape", graph("Transpose", mixed, perm=[0, 2, 1, 3]), "join_heads")
        x = graph("Add", x, graph.matrix(joined, f"{part}out", weight("out")))
        normed = graph.norm(x, f"{part}norm_hidden", weight("norm_hidden"))
        up = graph.matrix(normed, f"{part}up", weight("up"))
        halves = graph("Split", up, axis=-1, num_outputs=2, outputs=2)
        gate = graph("Mul", f"{halves}:0", graph("Sigmoid", f"{halves}:0"))
        hidden = graph("Mul", gate, f"{halves}:1")
        x = graph("Add", x, graph.matrix(hidden, f"{part}down", weight("down")))
    x = graph.norm(x, "norm_out", state["encoder.norm_out.weight"])
    scores = graph.matrix(x, "head", state["head.weight"])
    bias = graph.weight("head_bias", state["head.bias"])
    graph.nodes.append(helper.make_node("Add", [scores, bias], ["scores"]))
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "names",
            [
                helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", "t", size.width]),
                helper.make_tensor_value_info("lengths", TensorProto.INT64, ["n"]),
            ],
            [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["n", "t", None])],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=10,
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
    arrays = {
        tensor.name: numpy_helper.to_array(tensor)
        for tensor in onnx.load(folder / "network.onnx").graph.initializer
    }
    with np.load(folder / "vectors.npz") as vectors:
        pieces, cases = vectors["pieces"] * vectors["scales"], vectors["cases"]
    hidden, width = arrays["encoder.layers.0.down_quantized"].shape
    layers = sum(name.endswith(".down_quantized") for name in arrays)
    heads = int(arrays["split_heads"][3])
    tagger = Tagger(Size(len(pieces), width, layers, heads, hidden))
    given = {
        "embedding.pieces.weight": pieces,
        "embedding.cases.weight": cases,
        "encoder.norm_in.weight": arrays["norm_in"],
        "encoder.norm_out.weight": arrays["norm_out"],
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
