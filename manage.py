#!/usr/bin/env python
"""Dela's command line: `manage.py start` runs the whole house, `manage.py help` lists the rest."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
    from django.core.management import (
        execute_from_command_line,  # Django reads the settings name above when imported
    )

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
