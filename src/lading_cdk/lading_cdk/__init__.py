"""AWS CDK constructs that pin the container images of Amazon ECS tasks by digest."""

from .deployment_record import DeploymentRecord
from .image_consumer import ImageConsumer
from .image_pin import ImagePin
from .image_repository import ImageRepository
from .lading_image import LadingImage, LadingImages
from .lading_image_reference import LadingImageReference
from .lading_synthesizer import LadingSynthesizer
from .no_mutable_images import NoMutableImages

__all__ = [
    "DeploymentRecord",
    "ImageConsumer",
    "ImagePin",
    "ImageRepository",
    "LadingImage",
    "LadingImageReference",
    "LadingImages",
    "LadingSynthesizer",
    "NoMutableImages",
]
