"""Stand-in."""
from dataclasses import dataclass
@dataclass(frozen=True, slots=True)
class Candidates:
    language: str
    dense: dict
    lexical: dict
@dataclass(frozen=True, slots=True)
class Ranked:
    key: str
    score: float
    cosine: float
    lexical: float
def fuse(candidates, language):
    out=[]
    for c in candidates:
        top=max(c.lexical.values(),default=1.0) or 1.0
        low=min(c.dense.values(),default=0.7)
        for k in {*c.dense,*c.lexical}:
            d=c.dense.get(k,low); l=c.lexical.get(k,0.0)
            out.append(Ranked(k,d*10+ (1.0 if c.language==language else .3)*l/top, d, l))
    return sorted(out,key=lambda r:-r.score)
