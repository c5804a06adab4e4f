"""scikit-learn's TF-IDF over the library's descriptions, a query at a time as a course's retriever asks it, and better."""

import json

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from rounds import answer, cache

K = 5


class Search:
    def __init__(self, descriptions, queries):
        self.queries = queries
        self.vectorizer = TfidfVectorizer(ngram_range=(1, 2))
        self.matrix = self.vectorizer.fit_transform(descriptions)

    def course(self):
        """As one reads it in courses: every similarity, all of them sorted."""
        scores = []
        for query in self.queries:
            similarities = cosine_similarity(self.vectorizer.transform([query]), self.matrix)[0]
            best = similarities.argsort()[::-1][:K]
            scores.append(similarities[best[0]])
        return lambda: facts(scores)

    def lean(self):
        """The vectors have unit length: their sparse product is the similarity, and no more than the best are sorted."""
        scores = []
        for query in self.queries:
            product = (self.matrix @ self.vectorizer.transform([query]).T).toarray().ravel()
            best = np.argpartition(-product, K)[:K]
            best = best[np.argsort(-product[best])]
            scores.append(product[best[0]])
        return lambda: facts(scores)

    def batch(self):
        """All queries at once."""
        similarities = cosine_similarity(self.vectorizer.transform(self.queries), self.matrix)
        best = np.argpartition(-similarities, K, axis=1)[:, :K]
        scores = np.take_along_axis(similarities, best, axis=1).max(axis=1)
        return lambda: facts(scores)


def facts(scores):
    return {"queries": len(scores), "scores": [round(float(score), 6) for score in scores]}


if __name__ == "__main__":
    with open(cache("tfidf.json"), encoding="utf-8") as file:
        search = Search(**json.load(file))
    answer(
        {"one": search.course, "lean": search.lean, "batch": search.batch},
        ["scikit-learn", "scipy", "numpy"],
    )
