"""Can a data folder be named that would harm the program?"""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.home import prepare_home
from tests.shape.files import ROOT


def test_the_folder_of_the_program_is_no_data_folder() -> None:
    with pytest.raises(ImproperlyConfigured, match="Name another one"):
        prepare_home(ROOT)


def test_a_folder_is_made_with_what_lies_in_it(tmp_path: Path) -> None:
    home = prepare_home(tmp_path / "here")
    assert {folder.name for folder in home.iterdir()} == {"static", "media"}
