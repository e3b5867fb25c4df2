"""Regular expressions of values are compiled when they are first used, and each can be."""

import pkgutil
import re
import subprocess
import sys
from importlib import import_module

import pytest

from huajie_desktop import values
from huajie_desktop.values.patterns import pattern


def test_one_is_as_the_library_makes_it_once_it_is_used() -> None:
    found = pattern("(?P<n>[0-9]+)x", re.IGNORECASE)
    assert found.fullmatch("12X")["n"] == "12"
    assert found.sub("", "a1x2xb") == "ab"
    assert [match[0] for match in found.finditer("1x 2x")] == ["1x", "2x"]
    assert (found.pattern, found.groups) == ("(?P<n>[0-9]+)x", 1)
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.search("a")


def test_all_of_the_values_can_be_compiled() -> None:
    kind = type(pattern(""))
    found = [
        kept
        for module in pkgutil.iter_modules(values.__path__)
        for kept in vars(import_module(f"{values.__name__}.{module.name}")).values()
        if type(kept) is kind
    ]
    assert len(found) > 80
    assert all(re.compile(one.pattern) for one in found)


def test_loading_people_and_days_compiles_none_of_theirs() -> None:
    code = "import re, huajie_desktop.values.people, huajie_desktop.values.posts, huajie_desktop.values.deadline_words, sys\n"
    code += "print(sum(isinstance(key[1], str) and '书记' in key[1] for key in re._cache))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
