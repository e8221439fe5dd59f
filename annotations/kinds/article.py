"""A document label: a value said of the whole article, or of its relation to a topic."""

from annotations.kinds.base import ArticleKind

ARTICLE = ArticleKind(key="article")
