using Lading.Oci;

namespace Lading.Checking;

/// <summary>A service's requirements on its images (docs/check.md, "What each service takes").</summary>
/// <param name="Service">The service's display name.</param>
internal sealed record ImageRequirements(string Service)
{
    /// <summary>Supports what an engine supports: ECS, AWS Batch, CodeBuild and every service without an entry here.</summary>
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

    /// <summary>The forms of ECR hosts that it supports besides the standard one.</summary>
    public EcrHostForm Hosts { get; private init; } = EcrHostForm.Fips | EcrHostForm.DualStack;

    /// <summary>The media types of manifests that it supports; empty for any.</summary>
    public IReadOnlyList<string> Manifests { get; private init; } = [];

    /// <summary>The prefix of references to the service's own images; null if it has none.</summary>
    public string? OwnImages { get; private init; }

    /// <summary>The requirements of a resource's service.</summary>
    /// <param name="resourceType">Such as <c>AWS::Lambda::Function</c>.</param>
    /// <param name="isReachedByVpc">SageMaker: the image comes from a registry in the VPC of the model (<c>RepositoryAccessMode</c>).</param>
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

    /// <summary>Whether a reference is to one of the service's own images.</summary>
    public bool Has(string reference) =>
        OwnImages is not null && reference.StartsWith(OwnImages, StringComparison.Ordinal);

    /// <summary>Why the service does not support an image; empty if it does.</summary>
    /// <param name="host">The registry in the template; null for the ECR of the stack's own account and region.</param>
    /// <param name="region">The resource's region; null if the stack leaves it open.</param>
    /// <param name="mediaType">The manifest's media type; null if it is unknown.</param>
    /// <param name="part">A manifest of the index that the service supports; null if none is known.</param>
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
