"""Which models a server offers, asked of the server itself. Knows where it is, nothing of what the models do."""

from bot.errors import ModelError
from bot.providers.access import Access
from bot.providers.openai_errors import explain

_PATIENCE = 10.0
_MOST = 5_000


def listed(access: Access) -> tuple[str, ...]:
    """Return the names of the models that a server lists; nothing where it keeps no list. It costs nothing.

    Raises:
        ModelError: it does not accept the key, cannot be reached, or fails; see its `kind`.
    """
    import openai

    failure: ModelError
    try:
        with openai.OpenAI(
            api_key=access.key.get_secret_value(), base_url=access.base_url, max_retries=0, timeout=_PATIENCE
        ) as client:
            names = [str(model.id) for model, _ in zip(client.models.list(), range(_MOST), strict=False)]
            return tuple(name[:200] for name in names)
    except openai.NotFoundError:
        return ()
    except Exception as error:
        failure = explain(error, "", "", access.key)
    # Raised out here, so that it drags no error of the client along, in which a key might stand.
    raise failure
