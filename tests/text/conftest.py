"""What do tests of hazm's short cuts compare with?"""

from collections.abc import Callable

import pytest


@pytest.fixture(scope="module")
def plain() -> Callable[[str], str]:
    """hazm's normaliser, as it comes; loaded by the tests that ask for it."""
    import hazm
    from hazm import utils

    normaliser = hazm.Normalizer()

    def normalise(text: str) -> str:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(hazm.normalizer, "maketrans", utils.maketrans)
            patch.setattr(hazm.normalizer, "regex_replace", utils.regex_replace)
            return normaliser.normalize(text)

    return normalise
