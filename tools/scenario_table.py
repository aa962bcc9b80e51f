"""The demonstration's figures as people read them."""


def print_table(figures):
    rows = [(name, value) for name, value in figures.items() if isinstance(value, int)]
    width = max(len(name) for name, _value in rows)
    print()
    for name, value in rows:
        print(f"  {name:<{width}}  {value:>6}")
    for number, reason in figures.get("why held", {}).items():
        print(f"  held {number}: {reason}")
    for number, reason in figures.get("why open", {}).items():
        print(f"  open point of {number}: {reason}")
    for problem in figures.get("problems", []):
        print(f"  DOES NOT ADD UP: {problem}")
