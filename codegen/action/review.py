"""Reviews the API documents of a pull request: the script of the action, which action.yml documents.

Inputs are environment variables: REVIEW_* of the action, and GITHUB_* of the workflow.
"""

import json
import os
import secrets
import subprocess
import sys
import urllib.error
import urllib.request

INVALID = 2  # Exit code of discovery-codegen if an input is invalid.


def env(name, default=""):
    return os.environ.get(name, "") or default


def revisions():
    """Returns the documents to compare: the old and the new ones."""
    new = env("REVIEW_NEW", "spec")
    if os.path.isabs(new):
        # As `${{ github.workspace }}/spec`; git takes paths in the repository.
        new = os.path.relpath(os.path.realpath(new), os.path.realpath(".")).replace(os.sep, "/")
    base = env("GITHUB_BASE_REF")
    return env("REVIEW_OLD") or (f"origin/{base}:{new}" if base else f"HEAD~1:{new}"), new


def is_first(old, new):
    """Returns whether the base, which is fetched, lacks the documents: a pull request adds them."""
    if env("REVIEW_OLD") or not os.path.exists(new) or new.startswith("../"):
        return False
    base, found = (
        subprocess.run(["git", "cat-file", "-e", name], capture_output=True).returncode == 0
        for name in (old.partition(":")[0], old)
    )
    return base and not found


def complete(old):
    """Fetches the contents of the old documents, which a partial clone lacks, and discovery-codegen does not fetch."""
    revision, _, path = old.partition(":")
    promisor = ["git", "config", "--get-regexp", r"^remote\..*\.promisor$"]
    if path and subprocess.run(promisor, capture_output=True).returncode == 0:
        kind = subprocess.run(["git", "cat-file", "-t", old], capture_output=True, text=True).stdout.strip()
        # Overlay and lock of a document are next to it.
        paths = path if kind == "tree" else f"{os.path.splitext(path)[0]}.*"
        subprocess.run(["git", "archive", "--format=tar", revision, "--", paths], stdout=subprocess.DEVNULL)


def arguments():
    args = list(revisions())
    for pattern in env("REVIEW_INCLUDE").splitlines():
        if pattern.strip():
            args.append(f"--include={pattern.strip()}")
    if env("REVIEW_ACCEPT"):
        args.append(f"--accept={env('REVIEW_ACCEPT')}")
    return args


def diff(*args):
    binary = env("REVIEW_BINARY") or os.path.join(env("RUNNER_TEMP", "/tmp"), "discovery-codegen/bin/discovery-codegen")
    run = subprocess.run([binary, "diff", *arguments(), *args], capture_output=True, text=True, encoding="utf-8")
    if run.returncode not in (0, 1):
        log(run.stderr)
        sys.exit(run.returncode)
    return run


def log(text):
    """Prints text of documents, in which the runner of the workflow looks for no commands."""
    if text:
        token = secrets.token_hex()
        sys.stdout.write(f"::stop-commands::{token}\n{text.rstrip()}\n::{token}::\n")


def append(variable, text):
    if env(variable):
        with open(env(variable), "a", encoding="utf-8") as file:
            file.write(text)


def request(method, path, body=None):
    call = urllib.request.Request(
        f"{env('GITHUB_API_URL', 'https://api.github.com')}/repos/{env('GITHUB_REPOSITORY')}{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "authorization": f"Bearer {env('REVIEW_TOKEN')}",
            "accept": "application/vnd.github+json",
            "content-type": "application/json",
        },
    )
    with urllib.request.urlopen(call, timeout=60) as response:
        return json.load(response)


def pull_request():
    """Returns the number of the pull request, or None outside of one."""
    if not env("GITHUB_EVENT_PATH"):
        return None
    with open(env("GITHUB_EVENT_PATH"), encoding="utf-8") as file:
        return json.load(file).get("pull_request", {}).get("number")


def comment(number, text):
    """Writes the comment, or rewrites the one that an earlier run wrote about the same documents."""
    marker = f"<!-- discovery-codegen review of {env('REVIEW_NEW', 'spec')} -->"
    text = f"{marker}\n{text}"
    page = 1
    while comments := request("GET", f"/issues/{number}/comments?per_page=100&page={page}"):
        for known in comments:
            if known.get("body", "").startswith(marker):
                return request("PATCH", f"/issues/comments/{known['id']}", {"body": text})
        page += 1
    return request("POST", f"/issues/{number}/comments", {"body": text})


def main():
    old, new = revisions()
    if is_first(old, new):
        print(f"::notice title=API review::no earlier documents: `{old}` does not exist")
        append("GITHUB_OUTPUT", "semver=none\n")
        return 0
    complete(old)
    annotations = diff("--format=github")
    sys.stdout.write(annotations.stdout)
    markdown = diff("--format=markdown").stdout
    append("GITHUB_STEP_SUMMARY", markdown)
    report = diff("--format=json", f"--fail-on={env('REVIEW_FAIL_ON', 'breaking')}")
    # Warnings, and what fails, with fingerprints to accept it.
    log(report.stderr)
    append("GITHUB_OUTPUT", f"semver={json.loads(report.stdout)['semver']}\n")
    number = pull_request()
    if number and env("REVIEW_COMMENT", "true") == "true":
        try:
            comment(number, markdown)
        except (urllib.error.URLError, OSError) as error:
            # A pull request from a fork has no permission to comment: the annotations and the exit code remain.
            print(f"::warning title=API review::cannot comment: {error}")
    return report.returncode


if __name__ == "__main__":
    sys.exit(main())
