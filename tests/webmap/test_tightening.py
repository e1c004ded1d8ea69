"""Scripts of the pages lose spaces and comments, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from geomap.webmap import page
from geomap.webmap.tightening import tighten_script

ASSETS = Path(page.__file__).parent / "assets"
CHECKS = Path(__file__).parent / "js"
#: prints the names of those scripts whose trees have not the same kinds and words, by TypeScript's own parser
_COMPARE = """
const ts = require("typescript");
function leaves(node, file, found = []) {
  const parts = node.getChildren(file).filter((part) => !ts.isJSDoc(part));
  const text = node.getText(file);
  if (parts.length === 0) found.push(text === "const" ? `${ts.SyntaxKind.LetKeyword} let` : `${node.kind} ${text}`);
  for (const part of parts) leaves(part, file, found);
  return found.join("\\n").replace(/^\\d+ ;\\n(?=\\d+ \\}$)/gm, "");
}
const parse = (text) => ts.createSourceFile("a.js", text, ts.ScriptTarget.ESNext, true);
for (const [name, before, after] of JSON.parse(require("fs").readFileSync(0, "utf8"))) {
  const [a, b] = [before, after].map((text) => leaves(parse(text), parse(text)));
  if (a !== b) console.log(name);
}
"""


@pytest.mark.parametrize(
    ("text", "tight"),
    [
        ("const a = 1; // one\n", "let a=1;"),
        ("f(\n  a,\n  `b\n`,\n)\n\ng()", "f(a,`b\n`,)\ng()"),
        ("  /** @type {any} */ (b).c = d;", "(b).c=d;"),
        ("a + +b - -c", "a+ +b- -c"),
        ("a++ + b", "a++ +b"),
        ("typeof a === 'x = y'", "typeof a==='x = y'"),
        ('f("a , b", `c = ${d ? `e = ${f}` : "g }"} h = `)', 'f("a , b",`c = ${d ? `e = ${f}` : "g }"} h = `)'),
        ("a.split(/ , [/] = /u, 2) / 3 / b", "a.split(/ , [/] = /u,2)/ 3 / b"),
        ("return / = /.test(a)", "return / = /.test(a)"),
        ("async (x) => { await x; }", "async(x)=>{await x}"),
        ("if (a) { b(';}'); }\n{ c;\n}", "if(a){b(';}')}\n{c}"),
        ("const [a] = b in c", "let[a]=b in c"),
        ("a.const = { const: $const }", "a.const={const:$const}"),
        ('"https://example.org" // a link', '"https://example.org"'),
    ],
)  # fmt: skip
def test_spaces_that_mean_nothing_go(text, tight):
    assert tighten_script(text) == tight


def test_every_script_means_the_same_without_them():
    node = shutil.which("node")
    if node is None or not (CHECKS / "node_modules" / "typescript").exists():
        if os.environ.get("GEOMAP_REQUIRE_NODE") == "1":
            pytest.fail(f"no TypeScript found: run npm install in {CHECKS}")
        pytest.skip("no TypeScript found")
    texts = [(path.name, path.read_text("utf-8")) for path in sorted(ASSETS.rglob("*.js"))]
    pairs = [(name, text, tighten_script(text)) for name, text in texts]
    assert len(pairs) > 70
    assert sum(len(tight) for *_, tight in pairs) < 0.85 * sum(len(text) for _, text, _ in pairs)
    done = subprocess.run(
        [node, "-e", _COMPARE],
        cwd=CHECKS,
        input=json.dumps(pairs),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""


def test_no_script_begins_what_html_would_end():
    for path in ASSETS.rglob("*.js"):
        tight = tighten_script(path.read_text("utf-8"))
        assert "<!--" not in tight, path
        assert "</script" not in tight, path
