using System.Text;
using Lading.Aws.Ecr;
using Lading.Oci;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;

namespace Lading.Aws.Retention;

/// <summary>Reads the contents of an ECR registry: a call for each thousand images, and another for each hundred manifests.</summary>
/// <param name="session">The account and region of the reader.</param>
/// <param name="registryId">The account of the registry.</param>
/// <param name="memory">The cache of indexes; null to read them all.</param>
/// <param name="readsAll">Whether all manifests are read, not only indexes, to compute the freed space: each read
/// counts as a pull unless it is excluded from recording.</param>
/// <param name="counted">Receives how many images were listed since the last report.</param>
internal sealed class StoredRepositories(
    AwsSession session,
    string registryId,
    ManifestMemory? memory,
    bool readsAll,
    Action<int> counted
)
{
    private const int Parallelism = 8;
    private const int CountInterval = 100;

    public string Host { get; } = new EcrAddress(registryId, session.Settings.Region).Host;

    /// <summary>The names of all repositories.</summary>
    /// <exception cref="LadingException">They could not be listed.</exception>
    public async Task<IReadOnlyList<RepositoryName>> ListAsync(CancellationToken cancellationToken)
    {
        var names = new SortedSet<RepositoryName>();
        await foreach (
            var name in session
                .ListAsync(next => new ListRepositories(registryId, next), cancellationToken)
                .ConfigureAwait(false)
        )
        {
            names.Add(name);
        }

        return [.. names];
    }

    /// <summary>A repository with its images; null if it does not exist.</summary>
    /// <exception cref="LadingException">It could not be read.</exception>
    public async Task<StoredRepository?> FindAsync(
        RepositoryName name,
        bool isOfProject,
        CancellationToken cancellationToken
    )
    {
        // Details are read before any manifest, since reading one counts as a pull.
        if (await FindImagesAsync(name, cancellationToken).ConfigureAwait(false) is not { } images)
        {
            return null;
        }

        return new StoredRepository
        {
            Host = Host,
            Name = name,
            IsOfProject = isOfProject,
            Images = await WithManifestsAsync(name, images, cancellationToken).ConfigureAwait(false),
        };
    }

    private static StoredImage ImageOf(ImageDetail detail)
    {
        var mayHaveChildren = MediaTypes.IsIndex(detail.MediaType) || !MediaTypes.Manifests.Contains(detail.MediaType);
        return new StoredImage
        {
            Digest = detail.Digest,
            MediaType = detail.MediaType,
            ArtifactType = detail.ArtifactType.Length == 0 ? null : detail.ArtifactType,
            Tags = detail.TagNames,
            PushedAt = detail.PushedAt,
            PulledAt = detail.PulledAt,
            IsArchived = detail.IsArchived,
            ActivatedAt = detail.ActivatedAt,
            Subject = detail.Subject,
            Children = mayHaveChildren ? null : [],
            Blobs = null,
            Size = detail.Size,
        };
    }

    /// <summary>All images, page by page, packed as they arrive.</summary>
    private async Task<PackedImages?> FindImagesAsync(RepositoryName name, CancellationToken cancellationToken)
    {
        foreach (var status in new[] { "ANY", null })
        {
            try
            {
                var images = new PackedImages.Builder();
                await foreach (
                    var detail in session
                        .ListAsync(next => new DescribeImages(registryId, name, [], status, next), cancellationToken)
                        .ConfigureAwait(false)
                )
                {
                    if (images.Add(ImageOf(detail)) && images.Count % CountInterval == 0)
                    {
                        counted(CountInterval);
                    }
                }

                counted(images.Count % CountInterval);
                return images.Build();
            }
            catch (AwsException e) when (e.Error.Code == "InvalidParameterException" && status is not null)
            {
                // A region, or a replacement for ECR, without archived images.
            }
            catch (AwsException)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Adds the contents of manifests to images, as far as they are read.</summary>
    private async Task<PackedImages> WithManifestsAsync(
        RepositoryName name,
        PackedImages images,
        CancellationToken cancellationToken
    )
    {
        var wanted = images
            .Where(image => readsAll || MediaTypes.IsIndex(image.MediaType))
            .Select(image => (image.Digest, image.MediaType, image.IsArchived))
            .ToList();
        if (wanted.Count == 0)
        {
            return images;
        }

        var contents = await ReadAsync(name, wanted, cancellationToken).ConfigureAwait(false);
        var read = new PackedImages.Builder();
        foreach (var image in images)
        {
            read.Add(
                contents.TryGetValue(image.Digest, out var parts)
                    ? image with
                    {
                        Subject = parts.Subject ?? image.Subject,
                        Children = parts.Children,
                        Blobs = parts.Blobs,
                    }
                    : image
            );
        }

        return read.Build();
    }

    private async Task<Dictionary<Digest, ManifestParts>> ReadAsync(
        RepositoryName name,
        IReadOnlyList<(Digest Digest, string MediaType, bool IsArchived)> images,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<Digest, ManifestParts>();
        var shared = new SharedDescriptors();
        var missing = new List<Digest>();
        foreach (var (digest, mediaType, isArchived) in images)
        {
            if (MediaTypes.IsIndex(mediaType) && memory?.Find(digest) is { } known)
            {
                found[digest] = ManifestParts.Of(known, shared);
            }
            else if (!isArchived)
            {
                // The manifest of an archived image cannot be read.
                missing.Add(digest);
            }
        }

        foreach (var several in missing.Chunk(ImageIds.Most).Chunk(Parallelism))
        {
            var answers = await Task.WhenAll(
                    several.Select(chunk =>
                        session.ReadAsync(
                            new BatchGetImage(registryId, name, [.. chunk.Select(digest => (ManifestReference)digest)]),
                            cancellationToken
                        )
                    )
                )
                .ConfigureAwait(false);
            foreach (var manifest in answers.SelectMany(answer => answer))
            {
                if (Parse(manifest) is { } content)
                {
                    found[content.Digest] = ManifestParts.Of(content, shared);
                    if (content.IsIndex)
                    {
                        memory?.Keep(content);
                    }
                }
            }
        }

        return found;
    }

    /// <summary>
    /// Parses a manifest; null if its bytes do not match its digest, so that its references stay unknown.
    /// </summary>
    private static ManifestContent? Parse(FoundManifest manifest)
    {
        try
        {
            var content = ManifestContent.Parse(
                Encoding.UTF8.GetBytes(manifest.Manifest),
                algorithm: manifest.Digest.Algorithm
            );
            return content.Digest == manifest.Digest ? content : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
