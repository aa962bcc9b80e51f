"""Build the wheel of every addon here, named odoo-addon-<addon>, into dist/:

    python3 setup/wheels.py [options of pip wheel]

whool makes them from the manifests. A new addon takes part with the three lines of
pyproject.toml beside its manifest, which `whool init` writes, also before a commit."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def addons():
    return sorted(manifest.parent for manifest in ROOT.glob("*/__manifest__.py"))


def not_in_git(folders):
    """Files that whool leaves out without a word, since it packs what git knows. Without git
    it packs all, and there are none."""
    command = ["git", "ls-files", "--others", "--exclude-standard", "--", *map(str, folders)]
    try:
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    except FileNotFoundError:
        return []
    return found.stdout.splitlines()


def build(options):
    """pip's exit code. Its options come last, so that another --wheel-dir wins."""
    folders = addons()
    for path in not_in_git(folders):
        print(f"Not in git, so not in the wheel: {path}", file=sys.stderr)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", ROOT / "dist"]
    return subprocess.run([*command, *folders, *options], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(build(sys.argv[1:]))
