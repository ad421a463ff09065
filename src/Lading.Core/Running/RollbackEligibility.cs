using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>
/// Whether a stack can be rolled back to a release: all its images exist, none is archived, and each has the platform of its service.
/// </summary>
internal sealed class RollbackEligibility
{
    private readonly HistoryEvidence evidence;
    private readonly ILookup<Digest, RegistryImage> images;
    private readonly ILookup<string, (string? Definition, Platform? Platform)> needed;
    private readonly ILookup<Digest, Platform> ranOn;

    public RollbackEligibility(HistoryEvidence evidence)
    {
        this.evidence = evidence;
        images = evidence.Images.ToLookup(image => image.Digest);
        var names = new ContainerImages(evidence);
        var platforms = evidence
            .TaskDefinitions.DistinctBy(each => each.Arn)
            .ToDictionary(each => each.Arn, each => each.Platform, StringComparer.Ordinal);
        // The newest deployment of each service that was not rolled back is the one to compare with.
        needed = evidence
            .Deployments.GroupBy(each => each.ServiceArn, StringComparer.Ordinal)
            .Select(service =>
                service.Where(each => !each.IsRolledBack && each.Status != "STOPPED").MaxBy(each => each.CreatedAt)
                ?? service.MaxBy(each => each.CreatedAt)!
            )
            .SelectMany(each =>
                names.Name(names.Of(each)).Select(image => (image.Key, Definition: names.TaskDefinitionOf(each)))
            )
            .ToLookup(each => each.Key, each => (each.Definition, PlatformOf(each.Definition)), StringComparer.Ordinal);
        ranOn = evidence
            .Deployments.Where(each => each.Status == "SUCCESSFUL")
            .SelectMany(each =>
                names
                    .Of(each)
                    .Values.Select(reference =>
                        (Digest: ReleaseFacts.DigestOf(reference), Platform: PlatformOf(names.TaskDefinitionOf(each)))
                    )
            )
            .Where(each => each is { Digest: not null, Platform: not null })
            .ToLookup(each => each.Digest!.Value, each => each.Platform!);

        Platform? PlatformOf(string? definition) => definition is null ? null : platforms.GetValueOrDefault(definition);
    }

    /// <summary>Decides about one release.</summary>
    /// <returns>Whether it is possible, null if that is unknown; and why not, as part of a sentence, empty if it
    /// is.</returns>
    public (bool? CanGoBack, string Why) Decide(Release release)
    {
        if (!release.Counts)
        {
            return (
                false,
                release.Outcome switch
                {
                    ReleaseOutcome.InProgress => "it is under way",
                    ReleaseOutcome.Attempt => "it was not a release of the stack",
                    _ => "it never became a release",
                }
            );
        }

        if (release.Images.Count == 0)
        {
            return (null, "its images are unknown");
        }

        // A definite obstacle takes precedence over something unknown.
        var decided = release.Images.Select(image => Decide(image.Key, image.Value)).ToList();
        return decided.Find(each => each.CanGoBack == false) is { Why: not null } refused ? refused
            : decided.Find(each => each.CanGoBack is null) is { Why: not null } unknown ? unknown
            : (true, "");
    }

    private (bool? CanGoBack, string Why) Decide(string name, string reference)
    {
        if (ReleaseFacts.DigestOf(reference) is not { } digest)
        {
            return (null, $"{name} is pinned by a tag");
        }

        var repository = ContainerImages.RepositoryOf(reference);
        if (!evidence.Repositories.Contains(repository, StringComparer.Ordinal))
        {
            return (null, $"the registry of {name} {digest.Short} was not asked");
        }

        if (
            evidence.Unread.Any(fact =>
                fact.Source.Action.StartsWith("ecr:", StringComparison.Ordinal) && fact.Concerns(repository)
            )
        )
        {
            return (null, $"{name} {digest.Short} could not be looked up");
        }

        var found = images[digest]
            .Where(image => image.Repository.EndsWith($"/{repository}", StringComparison.Ordinal))
            .ToList();
        return found.Count == 0 ? (false, $"image {name} {digest.Short} was not found in its registry")
            : found.TrueForAll(image => image.IsArchived) ? (false, $"image {name} {digest.Short} is archived")
            : Fits(name, found[0]);
    }

    /// <summary>
    /// Decides by the platforms of an image. An index lists them; for a manifest, reading its platform would take
    /// another call, so the platforms that it ran on count, by the task definitions of that time.
    /// </summary>
    private (bool? CanGoBack, string Why) Fits(string name, RegistryImage image)
    {
        if (FindUnread(name) is { } unread)
        {
            return (null, $"what {name} runs on is unknown, because {unread.Reason}");
        }

        var wanted = needed[name].Select(each => each.Platform).OfType<Platform>().Distinct().ToList();
        var known = image.Children is { Count: > 0 } children
            ? [.. children.Select(child => child.Platform).OfType<Platform>()]
            : ranOn[image.Digest].Distinct().ToList();
        if (wanted.Count == 0 || wanted.TrueForAll(platform => known.Exists(each => each.RunsOn(platform))))
        {
            return (true, "");
        }

        var missing = wanted.Find(platform => !known.Exists(each => each.RunsOn(platform)));
        return known.Count == 0
            ? (null, $"nothing tells whether {name} {image.Digest.Short} is for {missing}")
            : (
                false,
                $"image {name} {image.Digest.Short} is for {string.Join(", ", known)}, and its service runs on {missing}"
            );
    }

    /// <summary>What could not be read about the service that would get an image; null if everything could.</summary>
    private UnreadFact? FindUnread(string name) =>
        needed[name].Any()
            ? evidence.Unread.FirstOrDefault(fact =>
                fact.Source.Action == "ecs:DescribeTaskDefinition"
                && needed[name].Any(each => each.Definition is { } definition && fact.Concerns(definition))
            )
            : evidence.Unread.FirstOrDefault(fact =>
                fact.Source.Action == "cloudformation:ListStackResources"
                || fact.Source.Action.StartsWith("ecs:", StringComparison.Ordinal)
            );
}
