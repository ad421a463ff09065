using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Checking;

/// <summary>
/// Lists the images to check: each container in the templates, then the images of the lock that no container runs.
/// </summary>
/// <param name="configuration">All environments.</param>
/// <param name="environment">The environment that is checked.</param>
/// <param name="findLock">The lock of an environment; null if it has none.</param>
internal sealed class CheckSubjects(
    LadingConfiguration configuration,
    EnvironmentDefinition environment,
    Func<EnvironmentDefinition, ImageLock?> findLock
)
{
    /// <summary>Lists the images to check.</summary>
    public IReadOnlyList<CheckedImage> List(IEnumerable<(CheckedStack Stack, TemplateImage Container)> templates)
    {
        var containers = templates.Select(each => Of(each.Stack, each.Container)).ToList();
        var used = containers.Select(container => container.Image).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. containers,
            .. (findLock(environment)?.Images ?? new Dictionary<string, LockedImage>(StringComparer.Ordinal))
                .Where(pair => !used.Contains(pair.Key))
                .Select(pair => OfLock(pair.Key, pair.Value) with { IsUnused = containers.Count > 0 }),
        ];
    }

    private CheckedImage Of(CheckedStack stack, TemplateImage container)
    {
        var image = new CheckedImage
        {
            Stack = container.Stack.Name,
            StackName = container.Stack.FullName.Name,
            Name = container.Container,
            Reference = container.Reference.Text,
            RunsOn = container.RunsOn,
            Requirements = container.Requirements,
            Region = container.Stack.Environment.Region,
        };
        if (container.Reference.Text is not { } reference)
        {
            return image with { Problem = container.Reference.Reason };
        }

        if (PlaceholderImage.Is(reference))
        {
            var name = PlaceholderImage.FindName(reference);
            return image with
            {
                Image = name is not null && findLock(environment)?.Images.ContainsKey(name) == true ? name : null,
                Problem =
                    "the synthesis could not pin it: its error, which 'cdk synth' shows, names the command to run",
            };
        }

        if (container.Requirements.Has(reference))
        {
            return image with { IsOfService = true };
        }

        var stackEnvironment = container.Stack.Environment;
        if (stackEnvironment.FindOwnPath(reference) is { } path && container.Stack.IsAsset(path))
        {
            return image with { IsAsset = true };
        }

        try
        {
            return WithLock(
                image with
                {
                    Address = ImageAddress.Of(reference, stackEnvironment, stack.Environment, configuration),
                    Unmatched = stack.IsUnmatched ? stackEnvironment : null,
                    Host = ImageReference.TryParse(reference, out var named) ? named.Host : null,
                    KeepsTag = container.Stack.KeepsTag(reference),
                    MayMove = configuration.Check.AcceptsMoving(reference),
                }
            );
        }
        catch (FormatException exception)
        {
            return image with
            {
                Problem = reference.Contains("${", StringComparison.Ordinal)
                    ? "the reference depends on the account or region, which the stack leaves open"
                    : exception.Message,
            };
        }
    }

    private CheckedImage OfLock(string name, LockedImage locked) =>
        new()
        {
            Name = name,
            Reference = $"{locked.Repository}@{locked.Digest}",
            Address = new ImageAddress(
                environment,
                RepositoryName.Parse(locked.Repository),
                Tag: null,
                locked.Digest,
                Host: null
            ),
            Image = name,
            Locked = locked,
        };

    private CheckedImage WithLock(CheckedImage image)
    {
        var address = image.Address!;
        if (address.Host is not null || findLock(address.Registry) is not { } imageLock)
        {
            return image;
        }

        var candidates = imageLock
            .Images.Where(pair =>
                string.Equals(pair.Value.Repository, address.Repository.Value, StringComparison.Ordinal)
            )
            .ToList();
        foreach (var (name, locked) in candidates)
        {
            if (
                address.Digest == locked.Digest
                || (address.Digest is { } part && locked.Manifests?.Values.Contains(part) == true)
                || (address.Digest is null && address.Tag?.Name == SourceTagOf(locked).Name)
            )
            {
                return image with { Image = name, Locked = locked };
            }
        }

        return candidates is [var (only, entry)] && address.Digest is not null
            ? image with
            {
                Image = only,
                Locked = entry,
                IsOlderThanLock = true,
            }
            : image;
    }

    /// <summary>The source tag of an image in a lock.</summary>
    public static Tag SourceTagOf(LockedImage locked) => Fingerprints.Fingerprint.Parse(locked.Fingerprint).SourceTag;
}
