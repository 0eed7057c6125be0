"""What does the window say, and what of it has been said in each other language?

Collects every text that is shown: `tr("…")` and `later("…")` anywhere in explorer/, and the menus' entries and
tips. Brings resources/translations/*.ts up to date, keeping what is translated, and makes the .qm files that the
program loads. The sentences of the rooms below the window stand in resources/translations/core/*.ts, of which .json
files are made. `--check` only tells what is missing.
"""

import argparse
import ast
import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
sys.path.insert(0, str(ROOT))

from core_sentences import templates  # noqa: E402 - it needs the path


def said() -> list[str]:
    """Every text that the window can show, in English."""
    from explorer.desktop.menus.action_table import ACTIONS

    found = {part for spec in ACTIONS for part in (spec.text, spec.tip, *spec.menu.split("/")) if part}
    for path in sorted((ROOT / "explorer").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in {"tr", "later"} and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
    return sorted(found)


def translated(path: Path) -> dict[str, str]:
    """What a .ts file holds."""
    if not path.exists():
        return {}
    messages = ET.parse(path).getroot().iter("message")  # noqa: S314 - our own file
    return {message.findtext("source", ""): message.findtext("translation", "") for message in messages}


def write(path: Path, texts: list[str], known: dict[str, str]) -> list[str]:
    """Write a .ts file with these texts, and what else is known; returns those that nobody has translated."""
    root = ET.Element("TS", version="2.1", language=path.stem, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name")
    missing = []
    for text in sorted({*texts, *known}):
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = text
        translation = ET.SubElement(message, "translation")
        translation.text = known.get(text, "")
        if not translation.text:
            translation.set("type", "unfinished")
            missing.append(text)
    ET.indent(root, " ")
    content = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{content}\n', encoding="utf-8")
    return missing


def main() -> int:
    """Bring every language up to date, or tell what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    of_window, of_core, all_missing = said(), sorted(templates()), 0
    for path in sorted(FOLDER.rglob("*.ts")):
        known, core = translated(path), path.parent != FOLDER
        texts = of_core if core else of_window
        if core:  # a template that nothing is made of any more might fit what it should not
            known = {text: said for text, said in known.items() if text in texts}
        missing = [text for text in texts if not known.get(text)] if check else write(path, texts, known)
        all_missing += len(missing)
        for text in missing:
            print(f"{path.name}: {text!r}")
        if core and not check:
            found = json.dumps(translated(path), ensure_ascii=False, indent=0)
            path.with_suffix(".json").write_text(f"{found}\n", encoding="utf-8")
        elif not check:
            release = [str(Path(sys.executable).parent / "pyside6-lrelease"), str(path), "-silent"]
            subprocess.run([*release, "-qm", str(path.with_suffix(".qm"))], check=True)
    print(f"{len(of_window) + len(of_core)} texts, {all_missing} not translated")
    return int(check and all_missing > 0)


if __name__ == "__main__":
    sys.exit(main())
