"""Stand-in."""
from pathlib import Path
import frontmatter
from index.article import Article, slug
from index.cleaning import clean
from index.errors import ArticleError
from index.language import detect

def find(paths):
    out=[]
    for p in paths:
        p=Path(p)
        if p.is_dir(): out+=sorted(x for x in p.rglob("*") if x.suffix in (".md",".txt"))
        elif p.exists(): out.append(p)
        else: raise ArticleError(f"There is no file or folder {p}.","Check the path.")
    return out

def read(path):
    post=frontmatter.loads(path.read_text())
    text=clean(post.content)
    if not text: raise ArticleError(f"{path.name} is empty.","")
    m=post.metadata
    d=m.get("date")
    return Article(m.get("id") or slug(path.stem), m.get("title") or path.stem, m.get("language") or detect(text).code, d.isoformat() if hasattr(d,"isoformat") else d, m.get("source"), tuple(m.get("topics",())), tuple(m.get("publications",())), text)
