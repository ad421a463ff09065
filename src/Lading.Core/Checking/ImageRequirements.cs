using Lading.Oci;

namespace Lading.Checking;

/// <summary>What a service demands of the images that it runs (docs/check.md, "What each service takes").</summary>
/// <param name="Service">As people call it.</param>
internal sealed record ImageRequirements(string Service)
{
    /// <summary>Takes what an engine takes: ECS, AWS Batch, CodeBuild and all that is not named here.</summary>
    public static ImageRequirements None { get; } = new("the service");

    private static readonly ImageRequirements Lambda = new("Lambda")
    {
        Registries = [RegistryKind.Ecr],
        IsBoundToRegion = true,
        Hosts = EcrHostForm.DualStack,
        Manifests = [MediaTypes.DockerManifest, MediaTypes.OciManifest],
    };

    private static readonly ImageRequirements SageMaker = new("SageMaker")
    {
        Registries = [RegistryKind.Ecr],
        IsBoundToRegion = true,
        Manifests = [MediaTypes.DockerManifest],
    };

    private static readonly ImageRequirements AgentCore = new("Bedrock AgentCore")
    {
        Registries = [RegistryKind.Ecr],
        Hosts = EcrHostForm.Standard,
    };

    /// <summary>The registries that it pulls from; empty for any.</summary>
    public IReadOnlyList<RegistryKind> Registries { get; private init; } = [];

    /// <summary>True if the image must be in the region of the resource.</summary>
    public bool IsBoundToRegion { get; private init; }

    /// <summary>The forms of ECR hosts that it understands beside the standard one.</summary>
    public EcrHostForm Hosts { get; private init; } = EcrHostForm.Fips | EcrHostForm.DualStack;

    /// <summary>The media types of the manifests that it takes; empty for any.</summary>
    public IReadOnlyList<string> Manifests { get; private init; } = [];

    /// <summary>What references to images that the service has itself begin with; null if it has none.</summary>
    public string? OwnImages { get; private init; }

    /// <summary>Those of the service that a resource is of.</summary>
    /// <param name="resourceType">Such as <c>AWS::Lambda::Function</c>.</param>
    /// <param name="isReachedByVpc">SageMaker: the image comes from a registry within the VPC of the model (<c>RepositoryAccessMode</c>).</param>
    public static ImageRequirements Of(string resourceType, bool isReachedByVpc = false) =>
        resourceType switch
        {
            "AWS::Lambda::Function" or "AWS::Serverless::Function" => Lambda,
            "AWS::AppRunner::Service" => new("App Runner") { Registries = [RegistryKind.Ecr, RegistryKind.PublicEcr] },
            "AWS::SageMaker::Model" when isReachedByVpc => SageMaker with { Registries = [], IsBoundToRegion = false },
            "AWS::SageMaker::Model" or "AWS::SageMaker::InferenceComponent" => SageMaker,
            "AWS::BedrockAgentCore::Runtime" or "AWS::BedrockAgentCore::Harness" => AgentCore,
            "AWS::EMRServerless::Application" => new("EMR Serverless") { Registries = [RegistryKind.Ecr] },
            "AWS::CodeBuild::Project" => new("CodeBuild") { OwnImages = "aws/codebuild/" },
            "AWS::Lightsail::Container" => new("Lightsail") { OwnImages = ":" },
            "AWS::ImageBuilder::ContainerRecipe" => new("EC2 Image Builder") { OwnImages = "arn:" },
            _ => None,
        };

    /// <summary>Whether a reference is to an image that the service has itself, under a name of its own.</summary>
    public bool Has(string reference) =>
        OwnImages is not null && reference.StartsWith(OwnImages, StringComparison.Ordinal);

    /// <summary>Why the service does not take an image; nothing if it does.</summary>
    /// <param name="host">The registry, as the template names it; null for the ECR of the stack's own account and region.</param>
    /// <param name="region">That of the resource; null if the stack leaves it open.</param>
    /// <param name="mediaType">Of the manifest; null if it is not known.</param>
    /// <param name="part">The manifest of an index that would do instead; null if none is known.</param>
    public IEnumerable<string> WhyRefused(string? host, string? region, string? mediaType, Digest? part = null)
    {
        EcrAddress? ecr = null;
        if (host is not null && Registries.Count > 0 && !Registries.Contains(KindOf(host, out ecr)))
        {
            yield return $"{Service} pulls from {string.Join(" and ", Registries.Select(NameOf))} alone: mirror it with a \"from\" image of lading.json";
            yield break;
        }

        if (IsBoundToRegion && region is not null && ecr is not null && ecr.Region != region)
        {
            yield return $"{Service} pulls from its own region alone, {region}: publish it there, or replicate the repository";
        }

        if (ecr is not null && (ecr.Form & ~Hosts) != EcrHostForm.Standard)
        {
            yield return $"{Service} does not take this form of ECR's host: write {ecr.Host}";
        }

        if (mediaType is not null && Manifests.Count > 0 && !Manifests.Contains(mediaType, StringComparer.Ordinal))
        {
            yield return MediaTypes.IsIndex(mediaType)
                ? $"{Service} takes no image index, not even one of a single platform with an attestation: name {(part is null ? "the manifest of one platform by its digest" : $"its manifest {part}")} (ReferenceFor with For = ImageConsumer.{Service} does)"
                : $"{Service} does not take manifests of type {mediaType}: build it with Docker's media types";
        }
    }

    private static RegistryKind KindOf(string host, out EcrAddress? ecr) =>
        EcrAddress.TryParse(host, out ecr) ? RegistryKind.Ecr
        : host == EcrAddress.Public ? RegistryKind.PublicEcr
        : RegistryKind.Other;

    private static string NameOf(RegistryKind kind) => kind == RegistryKind.PublicEcr ? "ECR Public" : "ECR";
}
