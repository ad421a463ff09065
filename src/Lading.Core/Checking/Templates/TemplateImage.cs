using Lading.Oci;

namespace Lading.Checking.Templates;

/// <summary>A container image that a template names.</summary>
/// <param name="Stack">The stack whose template it is.</param>
/// <param name="Container">The container's name, else the logical id of the resource.</param>
/// <param name="Reference">What the template says, as far as it can be told.</param>
internal sealed record TemplateImage(SynthesizedStack Stack, string Container, Resolved Reference)
{
    /// <summary>What the container runs on; null if the template does not tell.</summary>
    public Platform? RunsOn { get; init; }

    /// <summary>What the service that runs it demands of it.</summary>
    public ImageRequirements Requirements { get; init; } = ImageRequirements.None;
}
