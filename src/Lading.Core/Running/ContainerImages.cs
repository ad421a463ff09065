using Lading.Oci;
using Lading.Records;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>
/// Names the images that ECS reports for containers, as the record does: by the image's name if its repository
/// identifies it, otherwise by the container's, prefixed with the service's if several services have a container of
/// that name.
/// </summary>
internal sealed class ContainerImages
{
    private readonly Dictionary<string, RevisionEvidence> revisions;
    private readonly Dictionary<string, string> names;
    private readonly HashSet<string> shared;

    public ContainerImages(HistoryEvidence evidence)
    {
        revisions = evidence
            .Revisions.DistinctBy(each => each.Arn)
            .ToDictionary(each => each.Arn, StringComparer.Ordinal);
        names = evidence
            .Records.SelectMany(record => record.Record.Images)
            // A rollback that keeps the image of one container writes web and web/2 for one repository.
            .Select(image => (name: RecordedImage.NameOf(image.Key), repository: RepositoryOf(image.Value.Reference)))
            .Distinct()
            .GroupBy(each => each.repository, StringComparer.Ordinal)
            .Where(group => group.Count() == 1)
            .ToDictionary(group => group.Key, group => group.First().name, StringComparer.Ordinal);
        var services = evidence.Deployments.Select(each => each.ServiceArn).ToHashSet(StringComparer.Ordinal);
        shared = evidence
            .Revisions.Where(each => services.Contains(each.ServiceArn))
            .SelectMany(each => each.Images, (revision, image) => (revision.ServiceArn, image.Container))
            .Distinct()
            .GroupBy(each => each.Container, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A key for a container of a service: an ARN has no space.</summary>
    public static string KeyOf(string service, string container) => $"{service} {container}";

    /// <summary>The images of a record, by their names.</summary>
    public static SortedDictionary<string, string> Of(RecordEvidence record)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, image) in record.Record.Images)
        {
            found[name] = image.Reference;
        }

        return found;
    }

    /// <summary>The repository of <c>repository@digest</c> or <c>repository:tag</c>.</summary>
    public static string RepositoryOf(string reference)
    {
        var at = reference.IndexOfAny(['@', ':']);
        return at < 0 ? reference : reference[..at];
    }

    /// <summary>The task definition of a deployment's target revision; null if it was not read.</summary>
    public string? TaskDefinitionOf(DeploymentEvidence deployment) =>
        revisions.GetValueOrDefault(deployment.TargetRevision)?.TaskDefinition;

    /// <summary>The images of a deployment, by <see cref="KeyOf"/>, as <c>repository@digest</c>.</summary>
    public IReadOnlyDictionary<string, string> Of(DeploymentEvidence deployment) =>
        (revisions.GetValueOrDefault(deployment.TargetRevision)?.Images ?? [])
            .DistinctBy(image => image.Container)
            .ToDictionary(image => KeyOf(deployment.ServiceArn, image.Container), ReferenceOf, StringComparer.Ordinal);

    /// <summary>Images by name.</summary>
    /// <param name="resolved">The images by <see cref="KeyOf"/>.</param>
    public SortedDictionary<string, string> Name(IReadOnlyDictionary<string, string> resolved)
    {
        var named = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var groups = resolved
            .Select(each => (each.Key, each.Value, Name: NameOf(each.Key, each.Value)))
            .GroupBy(each => each.Name, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            // Two containers may use different images of one repository.
            var isUnambiguous = group.Select(each => each.Value).Distinct(StringComparer.Ordinal).Count() == 1;
            foreach (var (key, reference, name) in group)
            {
                named[isUnambiguous ? name : Qualified(key)] = reference;
            }
        }

        return named;
    }

    private string NameOf(string key, string reference) =>
        names.TryGetValue(RepositoryOf(reference), out var name) ? name
        : shared.Contains(ContainerOf(key)) ? Qualified(key)
        : ContainerOf(key);

    private static string ContainerOf(string key) => key[(key.LastIndexOf(' ') + 1)..];

    private static string Qualified(string key) => $"{ArnName.Of(key[..key.LastIndexOf(' ')])}/{ContainerOf(key)}";

    /// <summary>
    /// A pinned digest takes precedence: for an index, ECS may report the digest of one of its manifests.
    /// </summary>
    private static string ReferenceOf(RevisionImage image) =>
        ImageReference.TryParse(image.Image, out var reference)
            ? (reference.Digest ?? image.Digest) is { } digest
                ? $"{reference.Repository}@{digest}"
                : $"{reference.Repository}:{reference.Tag ?? Tag.Parse("latest")}"
            : image.Image;
}
