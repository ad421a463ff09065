from enum import Enum


class ImageConsumer(Enum):
    """The service that pulls an image whose reference is a string; it decides which references are valid (docs/check.md)."""

    ANY = "any"
    """A service with an engine's full support: a task of ECS, a job of AWS Batch, or an unknown service."""

    LAMBDA = "Lambda"
    """A Lambda function. It supports only the manifest of one platform, in the ECR of its own region."""

    APP_RUNNER = "App Runner"
    """An App Runner service."""

    SAGE_MAKER = "SageMaker"
    """A SageMaker model. It supports only the manifest of one platform, in the ECR of its own region."""

    AGENT_CORE = "AgentCore"
    """A runtime of Bedrock AgentCore."""
