using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Checking;

/// <summary>The address under which an image is looked up.</summary>
/// <param name="Registry">An environment of <c>lading.json</c>, or one created for a registry that none of them has.</param>
/// <param name="Repository">The repository in the registry.</param>
/// <param name="Tag">Null if the image is referred to by digest alone.</param>
/// <param name="Digest">Null if it is referred to by tag alone.</param>
/// <param name="Host">The host to show before the repository; null for the environment's own registry.</param>
internal sealed record ImageAddress(
    EnvironmentDefinition Registry,
    RepositoryName Repository,
    Tag? Tag,
    Digest? Digest,
    string? Host
)
{
    /// <summary>The reference to its manifest: the digest, otherwise the tag, otherwise <c>latest</c>.</summary>
    public ManifestReference Manifest => Digest is { } digest ? digest : Tag ?? Oci.Tag.Parse("latest");

    /// <summary>Resolves the registry of a reference in a template.</summary>
    /// <param name="reference">The reference in the template.</param>
    /// <param name="stack">The stack's account and region.</param>
    /// <param name="environment">The checked environment.</param>
    /// <param name="configuration">All environments.</param>
    /// <exception cref="FormatException">It is not an image reference.</exception>
    public static ImageAddress Of(
        string reference,
        StackEnvironment stack,
        EnvironmentDefinition environment,
        LadingConfiguration configuration
    )
    {
        if (
            stack.FindOwnPath(reference) is { } path
            && (stack is not { Account: { }, Region: { } } || environment.IsEmbedded)
        )
        {
            // Templates cannot name the embedded registry: its images are rendered in the stack's own ECR.
            var own = ImageReference.Parse($"stack.invalid/{path}");
            return new ImageAddress(environment, own.Repository, own.Tag, own.Digest, Host: null);
        }

        var parsed = ImageReference.Parse(reference);
        var registry = configuration.FindByHost(parsed.Host, environment);
        return new ImageAddress(
            registry ?? WithoutEnvironment(parsed.Host, environment),
            parsed.Repository,
            parsed.Tag,
            parsed.Digest,
            registry is null ? parsed.Host : null
        );
    }

    /// <summary>A registry that no environment has: an ECR is accessed with the credentials of the checked environment.</summary>
    private static EnvironmentDefinition WithoutEnvironment(string host, EnvironmentDefinition environment) =>
        EcrAddress.TryParse(host, out var ecr)
            ? new EnvironmentDefinition
            {
                Name = host,
                Account = environment.Account ?? ecr.Account,
                Region = ecr.Region,
                Profile = environment.Profile,
                Registry = ecr.Account,
            }
            : new EnvironmentDefinition { Name = host, Registry = host };
}
