"""What do both databases share when a query becomes SQL?"""

from typing import Any, Literal

Sql = tuple[str, list[Any]]
Where = Literal["words", "headline", "below"]
