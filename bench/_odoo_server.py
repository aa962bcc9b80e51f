"""The command `odoo` as a file: a server with worker processes starts one of them by this name."""

from odoo.cli.command import main

main()
