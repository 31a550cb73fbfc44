"""The check that an error is one of Protocol/errors.md: its code, with its status."""
import schemathesis

from hubs import STATUS


@schemathesis.check
def documented_error(ctx, response, case):
    """An answer of 400 or more names a code of errors.md that has this status."""
    if response.status_code < 400:
        return
    where = f"{case.method} {case.formatted_path}: {response.status_code} {response.text[:200]}"
    assert "json" in str(response.headers.get("content-type")), where
    error = response.json()["error"]
    assert STATUS.get(error["code"]) == response.status_code, f"{error['code']} {response.status_code}"
    assert error["mend"], "an error says its mend"
