"""Sameday's API without Odoo: what is asked, what is answered, what it means."""
