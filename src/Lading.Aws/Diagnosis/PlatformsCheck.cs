using Lading.Diagnosis;
using Lading.Oci;
using Lading.Running.Evidence;
using Lading.Shipping;

namespace Lading.Aws.Diagnosis;

/// <summary>Whether the images of services have the platform of their tasks.</summary>
internal sealed class PlatformsCheck(ExaminedAccount account) : AccountCheck(DoctorCheck.Platforms, account)
{
    /// <summary>Decides about each container.</summary>
    /// <param name="containers">The facts about each container.</param>
    public static IReadOnlyList<HealthFinding> Decide(IReadOnlyList<ContainerPlatforms> containers)
    {
        var findings = new List<HealthFinding>();
        foreach (var container in containers)
        {
            if (container.Trouble is { } trouble)
            {
                findings.Add(HealthFinding.Unknown($"platforms of {container.Image}: {trouble}"));
            }
            else if (
                container.Available.Count > 0
                && !container.Available.Any(platform => platform.RunsOn(container.Needed))
            )
            {
                // The running digest is the one that a tag had at deployment; the tag may have moved since.
                var isMoving = !container.Image.Contains('@', StringComparison.Ordinal);
                var text =
                    $"{container.Service} runs on {container.Needed}, and the image of its container {container.Name} is {(isMoving ? "by now " : "")}for {string.Join(", ", container.Available)}";
                var remedy =
                    $"add \"{container.Needed}\" to its \"platforms\" in lading.json and publish, or set runtimePlatform of the task definition";
                findings.Add(isMoving ? HealthFinding.Warning(text, remedy) : HealthFinding.Broken(text, remedy));
            }
        }

        return findings.Count > 0
            ? findings
            :
            [
                HealthFinding.Fine(
                    $"{containers.Count} {(containers.Count == 1 ? "container fits its" : "containers fit their")} platform"
                ),
            ];
    }

    public override async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var evidence = await Account.ReadAsync(cancellationToken).ConfigureAwait(false);
        var definitions = await Account.TaskDefinitionsAsync(cancellationToken).ConfigureAwait(false);
        var asked =
            from each in definitions
            where each.Definition.Platform is not null
            from container in each.Definition.Images
            let reference = ImageReference.TryParse(container.Value, out var parsed) ? parsed : null
            // The current digest of a tag on Docker Hub is not requested: that counts as a pull, and may be another image than the
            // running one.
            where reference is { Digest: not null, Host: not null } || EcrAddress.TryParse(reference?.Host, out _)
            select LookAsync(
                new ContainerPlatforms(each.Service, container.Key, container.Value, each.Definition.Platform!),
                reference,
                evidence,
                cancellationToken
            );
        return Decide(await Task.WhenAll(asked).ConfigureAwait(false));
    }

    private async Task<ContainerPlatforms> LookAsync(
        ContainerPlatforms container,
        ImageReference reference,
        EnvironmentEvidence evidence,
        CancellationToken cancellationToken
    )
    {
        var known = evidence.Images.FirstOrDefault(image =>
            image.Digest == reference.Digest && image.Repository == $"{reference.Host}/{reference.Repository}"
        );
        if (known?.Children is { Count: > 0 } children)
        {
            return container with { Available = [.. children.Select(child => child.Platform).OfType<Platform>()] };
        }

        try
        {
            var registry = await Account
                .Registries.OpenHostAsync(reference.Host!, cancellationToken)
                .ConfigureAwait(false);
            var platforms = await ImagePlatforms
                .FindAsync(registry.Open(reference.Repository), reference.Manifest, cancellationToken)
                .ConfigureAwait(false);
            return platforms is null
                ? container with
                {
                    Trouble = "its registry does not have it",
                }
                : container with
                {
                    Available = platforms.Platforms,
                };
        }
        catch (LadingException e)
        {
            return container with { Trouble = e.CameBack };
        }
    }

    /// <summary>A container, its platform, and its image's platforms.</summary>
    /// <param name="Service">A service that runs it.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Image">The reference.</param>
    /// <param name="Needed">The platform it runs on.</param>
    internal sealed record ContainerPlatforms(string Service, string Name, string Image, Platform Needed)
    {
        /// <summary>The platforms of the image; empty if it does not declare any.</summary>
        public IReadOnlyList<Platform> Available { get; init; } = [];

        /// <summary>Why they are unknown; null if they are known.</summary>
        public string? Trouble { get; init; }
    }
}
