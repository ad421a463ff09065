using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Checking;

/// <summary>Where an image is asked for.</summary>
/// <param name="Registry">An environment of <c>lading.json</c>, or one made up for a registry that none of them names.</param>
/// <param name="Repository">Within the registry.</param>
/// <param name="Tag">Null if the image is named by digest alone.</param>
/// <param name="Digest">Null if it is named by tag alone.</param>
/// <param name="Host">What people read before the repository; null if it is the environment's own registry.</param>
internal sealed record ImageAddress(
    EnvironmentDefinition Registry,
    RepositoryName Repository,
    Tag? Tag,
    Digest? Digest,
    string? Host
)
{
    /// <summary>What names the manifest: the digest, else the tag, else <c>latest</c>.</summary>
    public ManifestReference Manifest => Digest is { } digest ? digest : Tag ?? Oci.Tag.Parse("latest");

    /// <summary>Finds out which registry a reference of a template means.</summary>
    /// <param name="reference">As the template has it.</param>
    /// <param name="place">Where its stack is deployed to.</param>
    /// <param name="environment">The environment that is checked.</param>
    /// <param name="configuration">The others.</param>
    /// <exception cref="FormatException">It is not an image reference.</exception>
    public static ImageAddress Of(
        string reference,
        StackEnvironment place,
        EnvironmentDefinition environment,
        LadingConfiguration configuration
    )
    {
        if (
            place.FindOwnPath(reference) is { } path
            && (place is not { Account: { }, Region: { } } || environment.IsEmbedded)
        )
        {
            // The embedded registry has no name in templates: its images are rendered in the stack's own ECR.
            var own = ImageReference.Parse($"stack.invalid/{path}");
            return new ImageAddress(environment, own.Repository, own.Tag, own.Digest, Host: null);
        }

        var parsed = ImageReference.Parse(reference);
        var registry = configuration.FindByHost(parsed.Host, environment);
        return new ImageAddress(
            registry ?? Foreign(parsed.Host, environment),
            parsed.Repository,
            parsed.Tag,
            parsed.Digest,
            registry is null ? parsed.Host : null
        );
    }

    /// <summary>A registry that no environment names: an ECR is asked with the credentials of the environment that is checked.</summary>
    private static EnvironmentDefinition Foreign(string host, EnvironmentDefinition environment) =>
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
