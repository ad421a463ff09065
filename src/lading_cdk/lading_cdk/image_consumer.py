from enum import Enum


class ImageConsumer(Enum):
    """What pulls an image that is referred to as a text, which decides what may be written (docs/check.md)."""

    ANY = "any"
    """Something that takes whatever a container engine takes."""

    LAMBDA = "Lambda"
    """A Lambda function. It takes the manifest of one platform, from the ECR of its own region."""

    APP_RUNNER = "App Runner"
    """An App Runner service."""

    SAGE_MAKER = "SageMaker"
    """A SageMaker model. It takes the manifest of one platform, from the ECR of its own region."""

    AGENT_CORE = "AgentCore"
    """A runtime of Bedrock AgentCore."""
