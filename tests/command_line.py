"""The command line in this process, for tests."""

from typer.testing import CliRunner

from keras_gans.cli import app


def run(*arguments):
    """The `Result` of `keras-gans ARGUMENTS`; what the command raised is raised again, its exit code is not."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def output(*arguments):
    """What `keras-gans ARGUMENTS` says; each argument may be several words."""
    return run(*(word for argument in arguments for word in str(argument).split())).output
