#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What git says of a history, for history.bats; shares no code with kmemdb.

    history.py graph DIR N SEED   makes a repository's history of N commits:
                                  branches, merges (some criss-cross), times
                                  that go back; prints the commits
    history.py log DIR < TSV      judges kmemdb log: every build once, no
                                  commit before its children, each base the
                                  nearest built ancestor
    history.py base DIR A B < TSV judges kmemdb base A --onto B
"""
import csv
import os
import random
import subprocess
import sys


def git(*words, env=None):
    return subprocess.run(["git", "-C", DIR, *words], check=True, text=True,
                          capture_output=True,
                          env=dict(os.environ, **(env or {}))).stdout.strip()


def graph(n, seed):
    """Commits of one tree: their contents are nobody's business here."""
    rng = random.Random(seed)
    tree = git("rev-parse", "HEAD^{tree}")
    commits = [git("rev-parse", "HEAD")]
    now = 1700000000
    for i in range(1, n):
        now += rng.randrange(-5000, 20000)
        window = commits[-9:]
        parents = [rng.choice(window)]
        if rng.random() < 0.3 and len(window) > 3:
            other = rng.choice(window)
            if other not in parents:
                parents.append(other)
        date = {"GIT_AUTHOR_DATE": f"{now} +0000",
                "GIT_COMMITTER_DATE": f"{now} +0000"}
        words = [w for p in parents for w in ("-p", p)]
        commits.append(git("commit-tree", tree, *words, "-m", f"commit {i}",
                           env=date))
        git("update-ref", f"refs/heads/b{i}", commits[-1])
    print("\n".join(commits))


def rows():
    return list(csv.DictReader(sys.stdin, delimiter="\t"))


def first_parents(commit):
    return git("rev-list", "--first-parent", commit).split()


def nearest(commits, built):
    """(commit, steps) of the first that was built."""
    for steps, commit in enumerate(commits):
        if commit in built:
            return commit, steps
    return None, None


def generations(commit):
    """Ancestors by how many steps they are away: the least."""
    away, level, steps = {}, [commit], 0
    while level:
        above = []
        for c in level:
            if c not in away:
                away[c] = steps
                above += PARENTS[c]
        level, steps = above, steps + 1
    return away


def base_of(commit, built, itself):
    line = first_parents(commit)
    start = 0 if itself else 1
    found, steps = nearest(line[start:], built)
    if found:
        return {found}, steps + start
    away = {c: n for c, n in generations(commit).items()
            if c in built and n >= start}
    if not away:
        return {""}, ""
    least = min(away.values())
    return {c for c, n in away.items() if n == least}, least


def judge_log():
    table = rows()
    full = {r["commit"]: git("rev-parse", r["commit"]) for r in table}
    built = set(full.values())
    commit_of = {r["build"]: full[r["commit"]] for r in table}
    assert len(table) == len(built), "a build twice, or not at all"
    place = {full[r["commit"]]: i for i, r in enumerate(table)}
    for a in built:
        for b in generations(a):
            assert b == a or b not in built or place[a] < place[b], (a, b)
    merges = 0
    for r in table:
        commit = full[r["commit"]]
        bases, steps = base_of(commit, built, False)
        mine = commit_of.get(r["base"], "")
        assert mine in bases, (commit, mine, bases)
        assert r["commits"] == str(steps), (commit, r["commits"], steps)
        assert ("merge" in r["note"]) == (len(PARENTS[commit]) > 1), r
        assert r["date"] == git("show", "-s", "--format=%ct", commit) + "0" * 9, r
        assert r["subject"] == git("show", "-s", "--format=%s", commit), r
        merges += len(PARENTS[commit]) > 1
    print(f"{len(table)} builds, {merges} of merges")


def judge_base(a, b, built):
    """The row against git merge-base --all."""
    (r,) = rows()
    best = subprocess.run(["git", "-C", DIR, "merge-base", "--all", a, b],
                          text=True, capture_output=True).stdout.split()
    if not best:
        assert r["build"] == "" and "no merge base" in r["why"], r
        return
    full = git("rev-parse", r["merge_base"])
    assert full in best, (full, best)
    bases, steps = base_of(full, built, full != git("rev-parse", a))
    assert r["commit"] in bases, (r, bases)
    assert r["commits"] == str(steps), (r, steps)


DIR = sys.argv[2]
PARENTS = {}
for line in git("rev-list", "--all", "--parents").splitlines():
    PARENTS[line.split()[0]] = line.split()[1:]
if sys.argv[1] == "graph":
    graph(int(sys.argv[3]), int(sys.argv[4]))
elif sys.argv[1] == "log":
    judge_log()
else:
    judge_base(sys.argv[3], sys.argv[4], set(sys.argv[5].split()))
