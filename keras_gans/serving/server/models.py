"""The version manager: watches the directories, loads before it unloads, and hands out leases on loaded versions."""

import asyncio
import contextlib
import logging
import time

from keras_gans.serving.configs import check_models
from keras_gans.serving.errors import ServingError, invalid
from keras_gans.serving.server import versions as states
from keras_gans.serving.server.servable import Servable
from keras_gans.serving.server.versions import Version, aspired_versions, next_action, versions_on_disk
from keras_gans.serving.server.warmup import replay

_log = logging.getLogger(__name__)


class Model:
    """A configured model: its versions by number, its labels, and the task that moves versions between states."""

    def __init__(self, config):
        self.config = config
        self.versions = {}
        self.labels = {}
        self.task = None

    def available(self):
        return [version for version in self.versions.values() if version.state == states.AVAILABLE]

    def aspire(self, wanted):
        """Marks the versions that are asked for; one that comes back after its end starts anew."""
        for number, path in wanted.items():
            known = self.versions.get(number)
            if known is None or (known.state == states.END and not known.aspired):
                self.versions[number] = Version(number, path)
            else:
                known.aspired = True
        for number, version in self.versions.items():
            if number not in wanted:
                version.aspired = False


class ModelManager:
    """Serves the models of a `ModelServerConfig`. Lives on the event loop; only loading runs in another thread.

    Args:
        options: the server's `Options`.
        metrics: the server's `Metrics`.
    """

    def __init__(self, options, metrics):
        self.options = options
        self.metrics = metrics
        self.models = {}
        self._loading = asyncio.Lock()  # one version at a time, as TensorFlow Serving loads by default
        self._poller = None

    async def start(self, config):
        """Loads every model of the config, then watches the directories; raises where a model cannot be loaded."""
        try:
            await self.reload(config)
        except ServingError as error:
            raise ServingError(error.code, f"Failed to start server. Error: {error.message}") from None
        self._poller = asyncio.create_task(self._poll())

    async def stop(self):
        if self._poller:
            self._poller.cancel()
        for model in self.models.values():
            model.aspire({})
            if model.task:
                await model.task
            await self._reconcile(model)

    async def reload(self, config):
        """Replaces the whole config; returns once each new model has an available version, or raises."""
        check_models(config)
        configs = {model.name: model for model in config.model_config_list.config}
        for name, model_config in configs.items():
            self._check_labels(name, model_config.version_labels)
        new = [name for name in configs if not self._is_configured(name)]
        for name, model in self.models.items():
            if name not in configs:
                model.config, model.labels = None, {}
        for name, model_config in configs.items():
            model = self.models.setdefault(name, Model(model_config))
            model.config, model.labels = model_config, dict(model_config.version_labels)
        await self._look()
        await asyncio.gather(*(self._wait_until_available(self.models[name]) for name in new))

    @contextlib.asynccontextmanager
    async def lease(self, name, number=None, label=None):
        """A loaded version, kept loaded for the length of the block.

        Args:
            name: the model's name.
            number: a version, or None for the highest available one.
            label: a version label instead of a number.
        """
        version = self._find(name, number, label)
        version.leases += 1
        try:
            yield version
        finally:
            version.leases -= 1
            if version.leases == 0:
                version.released.set()

    def statuses(self, name, number=None):
        """The versions of a model, newest first, whatever their state."""
        known = self.models[name].versions if name in self.models else {}
        if number is not None:
            if number not in known:
                raise ServingError("NOT_FOUND", f"Could not find version {number} of model {name}")
            return [known[number]]
        if not known:
            raise ServingError("NOT_FOUND", f"Could not find any versions of model {name}")
        return [known[key] for key in sorted(known, reverse=True)]

    def _is_configured(self, name):
        return name in self.models and self.models[name].config is not None

    def _find(self, name, number, label):
        model = self.models.get(name)
        if label is not None:
            if model is None or label not in model.labels:
                raise invalid(f"Unrecognized servable version label: {label}")
            number = model.labels[label]
        available = {version.number: version for version in model.available()} if model else {}
        if number is None and available:
            return available[max(available)]
        if number not in available:
            wanted = f"Latest({name})" if number is None else f"Specific({name}, {number})"
            raise ServingError("NOT_FOUND", f"Servable not found for request: {wanted}")
        return available[number]

    def _check_labels(self, name, labels):
        model = self.models.get(name)
        available = {version.number for version in model.available()} if model else set()
        for label, number in labels.items():
            is_new = model is None or label not in model.labels
            if number not in available and not (is_new and self.options.allow_version_labels_for_unavailable_models):
                raise ServingError(
                    "FAILED_PRECONDITION",
                    f"Request to assign label to version {number} of model {name}, which is not currently available "
                    "for inference",
                )

    async def _poll(self):
        while True:
            await asyncio.sleep(self.options.file_system_poll_wait_seconds)
            await self._look()

    async def _look(self):
        """Compares the directories with what is loaded and sets the models' tasks going."""
        for name, model in list(self.models.items()):
            config = model.config
            on_disk = await asyncio.to_thread(versions_on_disk, config.base_path) if config else {}
            if config is not model.config:
                continue
            if config and not on_disk and not model.versions:
                _log.warning(
                    "No versions of servable %s found under base path %s. Did you forget to name your leaf directory "
                    "as a number (eg. '/1/')?",
                    name,
                    config.base_path,
                )
            model.aspire(aspired_versions(config, on_disk) if config else {})
            if model.task is None or model.task.done():
                model.task = asyncio.create_task(self._reconcile(model))

    async def _reconcile(self, model):
        while (action := next_action(model.versions.values())) is not None:
            kind, version = action
            await (self._load(model, version) if kind == "load" else self._unload(version))

    async def _load(self, model, version):
        version.state = states.LOADING
        name = model.config.name if model.config else ""
        for attempt in range(self.options.max_num_load_retries + 1):
            if attempt:
                await asyncio.sleep(self.options.load_retry_interval_micros / 1e6)
            if not version.aspired:
                break
            try:
                async with self._loading:
                    version.servable = await asyncio.to_thread(Servable, version.path)
                    if self.options.enable_model_warmup:
                        await self._warm_up(name, version)
            except ServingError as error:
                _log.warning("Loading version %d of %s failed: %s", version.number, name, error)
                version.error = error
            else:
                version.state, version.error = states.AVAILABLE, None
                _log.info("Successfully loaded servable version {name: %s version: %d}", name, version.number)
                return
        version.state = states.END

    async def _warm_up(self, name, version):
        started = time.perf_counter()
        code = "OK"
        try:
            await asyncio.to_thread(replay, name, version.servable)
        except ServingError as error:
            code = error.code
            version.servable.close()
            raise
        finally:
            microseconds = (time.perf_counter() - started) * 1e6
            self.metrics.warmup_latency.observe(str(version.path), code, value=microseconds)

    async def _unload(self, version):
        version.state = states.UNLOADING
        while version.leases:
            version.released.clear()
            await version.released.wait()
        await asyncio.to_thread(version.servable.close)
        version.servable, version.state = None, states.END

    async def _wait_until_available(self, model):
        while not model.available():
            ended = [version for version in model.versions.values() if version.aspired]
            if ended and all(version.state == states.END for version in ended):
                failures = ", ".join(
                    f"{{name: {model.config.name} version: {version.number}}} due to error: {version.error}"
                    for version in ended
                )
                raise ServingError("UNKNOWN", f"servable(s) did not become available: {{{failures}}}")
            await asyncio.sleep(0.05)
            if not model.versions:
                await asyncio.sleep(self.options.file_system_poll_wait_seconds)
                await self._look()
