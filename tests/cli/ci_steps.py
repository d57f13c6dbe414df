#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripts of CI files, as their servers would run them.

    ci_steps.py github FILE JOB [STEP]   the run: of the step with that name, or
                                         the names of those that have one
    ci_steps.py gitlab FILE JOB PART     the lines of before_script or script
    ci_steps.py permissions FILE         "scope: access" of the whole workflow
                                         and of each job
"""
import sys

import yaml


def steps(job):
    return [s for s in job["steps"] if "run" in s]


def main():
    what, path, *words = sys.argv[1:]
    with open(path, encoding="utf-8") as f:
        doc = yaml.safe_load(f)
    if what == "permissions":
        for part in [doc, *doc["jobs"].values()]:
            for scope, access in part.get("permissions", {}).items():
                print(f"{scope}: {access}")
    elif what == "gitlab":
        print("\n".join(doc[words[0]][words[1]]))
    elif len(words) == 1:
        for s in steps(doc["jobs"][words[0]]):
            print(s["name"])
    else:
        found = [s["run"] for s in steps(doc["jobs"][words[0]])
                 if s["name"] == words[1]]
        if not found:
            sys.exit(f"no step '{words[1]}'")
        print(found[0])


main()
