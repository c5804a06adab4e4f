"""Writes sklearn_tfidf.json, the answers that lib/retrieve/tfidf.ts must give on movements.json.

    pip install scikit-learn==1.5.2 numpy==2.4.6 scipy==1.17.1   (Python 3.11)
    python lib/retrieve/testdata/make_fixture.py && deno fmt lib/retrieve/testdata
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

HERE = Path(__file__).parent


def sparse(matrix):
    """Rows as [[dimension, value], …], zeros left out, dimensions rising."""
    rows = []
    for row in matrix.tocsr():
        row.sort_indices()
        rows.append([[int(i), float(v)] for i, v in zip(row.indices, row.data) if v != 0])
    return rows


def ranking(similarities):
    """The texts that are like the query at all, best first, ties in their order."""
    order = np.argsort(-np.round(similarities, 9), kind="stable")
    return [int(i) for i in order if similarities[i] > 1e-12]


def main():
    movements = json.loads((HERE / "movements.json").read_text(encoding="utf-8"))
    descriptions, queries = movements["descriptions"], movements["queries"]

    words = TfidfVectorizer(ngram_range=(1, 2))
    fitted = words.fit_transform(descriptions)
    asked = words.transform(queries)
    similarities = cosine_similarity(asked, fitted)

    chars = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    char_fitted = chars.fit_transform(descriptions)
    char_similarities = cosine_similarity(chars.transform(queries), char_fitted)

    fixture = {
        "made_by": f"make_fixture.py with scikit-learn {sklearn.__version__}",
        "vocabulary": words.get_feature_names_out().tolist(),
        "idf": words.idf_.tolist(),
        "descriptions": sparse(fitted),
        "queries": [
            {
                "vector": vector,
                "similarities": [[int(i), float(row[i])] for i in np.flatnonzero(row)],
                "ranking": ranking(row),
            }
            for vector, row in zip(sparse(asked), similarities)
        ],
        "char_wb": {
            "terms": len(chars.vocabulary_),
            "idf_sum": float(chars.idf_.sum()),
            "queries": [
                {"best": int(np.argmax(np.round(row, 9))), "similarity": float(row.max()), "sum": float(row.sum())}
                for row in char_similarities
            ],
        },
    }
    text = json.dumps(fixture, ensure_ascii=False, separators=(",", ":")) + "\n"
    (HERE / "sklearn_tfidf.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
