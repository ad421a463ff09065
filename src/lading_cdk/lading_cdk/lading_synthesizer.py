from __future__ import annotations

from typing import Any

import jsii
from aws_cdk import (
    DefaultStackSynthesizer,
    DefaultStackSynthesizerProps,
    DockerImageAssetLocation,
    DockerImageAssetSource,
    FileAssetLocation,
    FileAssetSource,
    IBoundStackSynthesizer,
    IReusableStackSynthesizer,
    ISynthesisSession,
    Stack,
    StackSynthesizer,
)

from ._assets.asset_images import AssetImages
from ._assets.properties import properties_of


@jsii.implements(IReusableStackSynthesizer, IBoundStackSynthesizer)
class LadingSynthesizer(StackSynthesizer):
    """Publishes the image assets of an app or stack to a durable repository of the app's own, under tags that identify their inputs.

    Everything else works as with CDK's own synthesizer. An asset with the same inputs as a published image of lading.json is
    that image, pinned by digest, and nothing is built. Any other has the immutable tag ``src-…``, and is built if the
    repository does not have it.

    Use one for all stacks: ``App(default_stack_synthesizer=LadingSynthesizer())``; or for one stack:
    ``MyStack(app, "Shop", synthesizer=LadingSynthesizer())``.
    """

    def __init__(
        self,
        *,
        repository: str | None = None,
        publishing_role_arn: str | None = None,
        bootstrap: DefaultStackSynthesizerProps | None = None,
    ) -> None:
        """
        :param repository: The repository of assets that match no image of lading.json; ``<project>/assets`` by default. It
            must exist before the deployment, with immutable tags.
        :param publishing_role_arn: A role that may push to the repository. Without one, images are pushed with the caller's
            credentials: never with the bootstrap's role, which can push only to its own repository.
        :param bootstrap: Everything else, as for CDK's own synthesizer: qualifier, roles, buckets. Its settings for images
            are ignored.
        """
        self._repository, self._publishing_role_arn, self._bootstrap = repository, publishing_role_arn, bootstrap
        self._lading_images: AssetImages | None = None
        self._inner: DefaultStackSynthesizer | None = None
        super().__init__()

    @property
    def bootstrap_qualifier(self) -> str | None:
        """The qualifier of the bootstrap stack."""
        return self._bootstrap.qualifier if self._bootstrap is not None else None

    def reusable_bind(self, stack: Stack) -> IBoundStackSynthesizer:
        """Called by CDK for each stack that shares this one."""
        bound = LadingSynthesizer(
            repository=self._repository, publishing_role_arn=self._publishing_role_arn, bootstrap=self._bootstrap
        )
        bound.bind(stack)
        return bound

    def bind(self, stack: Stack) -> None:
        """Called by CDK."""
        super().bind(stack)
        self._lading_images = AssetImages(stack, self._repository)
        own = properties_of(self._bootstrap, DefaultStackSynthesizerProps)
        self._inner = DefaultStackSynthesizer(**self._lading_images.inner_properties(own, self._publishing_role_arn))
        self._inner.bind(stack)

    def add_file_asset(self, asset: Any = None, **properties: Any) -> FileAssetLocation:
        """Called by CDK, with a value of :class:`FileAssetSource`; or with its properties."""
        _, inner = self._bound()
        location = inner.add_file_asset(**(properties or properties_of(asset, FileAssetSource)))
        return FileAssetLocation(**properties_of(location, FileAssetLocation))

    def add_docker_image_asset(self, asset: Any = None, **properties: Any) -> DockerImageAssetLocation:
        """Called by CDK, with a value of :class:`DockerImageAssetSource`; or with its properties."""
        images, inner = self._bound()
        published, source = images.identify(properties or properties_of(asset, DockerImageAssetSource))
        if published is not None:
            return published
        location = inner.add_docker_image_asset(**source)
        return DockerImageAssetLocation(**properties_of(location, DockerImageAssetLocation))

    def synthesize(self, session: ISynthesisSession) -> None:
        """Called by CDK."""
        self._bound()[1].synthesize(session)

    def _bound(self) -> tuple[AssetImages, DefaultStackSynthesizer]:
        if self._lading_images is None or self._inner is None:
            raise RuntimeError("The synthesizer is bound to no stack yet.")
        return self._lading_images, self._inner
