namespace Lading.Cdk;

/// <summary>
/// The service that pulls an image whose reference is a string; it decides which references are valid (docs/check.md, "What each
/// service takes").
/// </summary>
public enum ImageConsumer
{
    /// <summary>A service with an engine's full support: a task of ECS, a job of AWS Batch, or an unknown service.</summary>
    Any,

    /// <summary>A Lambda function. It supports only the manifest of one platform, in the ECR of its own region.</summary>
    Lambda,

    /// <summary>An App Runner service.</summary>
    AppRunner,

    /// <summary>A SageMaker model. It supports only the manifest of one platform, in the ECR of its own region.</summary>
    SageMaker,

    /// <summary>A runtime of Bedrock AgentCore.</summary>
    AgentCore,
}
