using Lading.Aws.Ecr;
using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>
/// Looks up images in the ECR registries of the region, with one call for each hundred images of a repository, and
/// another for indexes.
/// </summary>
internal sealed class RegistryFacts(FactGathering facts)
{
    public async Task<IReadOnlyList<RegistryImage>> ReadAsync(
        IEnumerable<ImageReference> references,
        CancellationToken cancellationToken
    )
    {
        var repositories = references
            .GroupBy(reference => (reference.Host, reference.Repository))
            .Select(group =>
                ReadAsync(
                    group.Key.Host,
                    group.Key.Repository,
                    [.. group.Select(reference => reference.Manifest).Distinct()],
                    cancellationToken
                )
            );
        var found = await Task.WhenAll(repositories).ConfigureAwait(false);
        return [.. found.SelectMany(images => images).DistinctBy(image => (image.Repository, image.Digest))];
    }

    /// <summary>
    /// Whether a registry can be read: images in registries other than ECR, or in another region, stay unknown.
    /// </summary>
    private static bool CanRead(string host, string region) =>
        EcrAddress.TryParse(host, out var address) && address.Region == region;

    /// <summary>The repositories that can be read from a region, without their registry's host.</summary>
    public static IReadOnlyList<string> RepositoriesOf(IEnumerable<ImageReference> references, string region) =>
        [
            .. references
                .Where(reference => CanRead(reference.Host, region))
                .Select(reference => reference.Repository.Value)
                .Distinct(StringComparer.Ordinal),
        ];

    private async Task<IReadOnlyList<RegistryImage>> ReadAsync(
        string host,
        RepositoryName repository,
        IReadOnlyList<ManifestReference> names,
        CancellationToken cancellationToken
    )
    {
        if (!CanRead(host, facts.Session.Settings.Region) || !EcrAddress.TryParse(host, out var address))
        {
            return [];
        }

        try
        {
            var contents = await new EcrImages(facts.Session, address.Account)
                .FindAsync(repository, names, cancellationToken)
                .ConfigureAwait(false);
            var images = contents.Images.Values.DistinctBy(image => image.Digest).ToList();
            var children = await ReadChildrenAsync(
                    address.Account,
                    repository,
                    [.. images.Where(image => MediaTypes.IsIndex(image.MediaType)).Select(image => image.Digest)],
                    cancellationToken
                )
                .ConfigureAwait(false);
            var source = new FactOrigin("ecr:DescribeImages", repository.Value, facts.Now);
            return
            [
                .. images.Select(image => new RegistryImage(
                    $"{host}/{repository}",
                    image.Digest,
                    [.. (image.Tags ?? []).Select(tag => tag.Name)],
                    MediaTypes.IsIndex(image.MediaType) ? children.GetValueOrDefault(image.Digest) : [],
                    image.IsArchived,
                    source
                )),
            ];
        }
        catch (LadingException e)
        {
            var reason = AwsException.IsDenial(e)
                ? $"no access to images of {repository} in {address.Account}"
                : $"images of {repository}: {e.CameBack}";
            facts.Note("ecr:DescribeImages", repository.Value, reason, []);
            return [];
        }
    }

    private async Task<Dictionary<Digest, IReadOnlyList<RegistryChild>>> ReadChildrenAsync(
        string registry,
        RepositoryName repository,
        IReadOnlyList<Digest> indexes,
        CancellationToken cancellationToken
    )
    {
        var children = new Dictionary<Digest, IReadOnlyList<RegistryChild>>();
        foreach (var chunk in indexes.Chunk(ImageIds.Most))
        {
            var found = await facts
                .FindAsync(
                    new BatchGetImage(registry, repository, [.. chunk.Select(digest => (ManifestReference)digest)]),
                    repository.Value,
                    cancellationToken
                )
                .ConfigureAwait(false);
            foreach (var manifest in found ?? [])
            {
                if (ChildrenIn(manifest) is { } list)
                {
                    children[manifest.Digest] = list;
                }
            }
        }

        return children;
    }

    /// <summary>The children of an index whose bytes match its digest; null if they do not.</summary>
    private static IReadOnlyList<RegistryChild>? ChildrenIn(FoundManifest manifest)
    {
        try
        {
            var content = ManifestContent.Parse(
                System.Text.Encoding.UTF8.GetBytes(manifest.Manifest),
                algorithm: manifest.Digest.Algorithm
            );
            return content.Digest == manifest.Digest
                ? [.. content.Children.Select(child => new RegistryChild(child.Digest, child.Platform))]
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
