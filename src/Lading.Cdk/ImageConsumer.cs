namespace Lading.Cdk;

/// <summary>What pulls an image that is referred to as a text, which decides what may be written (docs/check.md, "What each service takes").</summary>
public enum ImageConsumer
{
    /// <summary>Something that takes whatever a container engine takes: a task of ECS, a job of AWS Batch, or what is not known.</summary>
    Any,

    /// <summary>A Lambda function. It takes the manifest of one platform, from the ECR of its own region.</summary>
    Lambda,

    /// <summary>An App Runner service.</summary>
    AppRunner,

    /// <summary>A SageMaker model. It takes the manifest of one platform, from the ECR of its own region.</summary>
    SageMaker,

    /// <summary>A runtime of Bedrock AgentCore.</summary>
    AgentCore,
}
