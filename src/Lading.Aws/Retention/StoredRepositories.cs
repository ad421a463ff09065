using System.Text;
using Lading.Aws.Ecr;
using Lading.Oci;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;

namespace Lading.Aws.Retention;

/// <summary>Reads what a registry of ECR stores: a call for a thousand images, and another for the manifests of a hundred.</summary>
/// <param name="session">The account and region that reads.</param>
/// <param name="registryId">Whose registry.</param>
/// <param name="memory">Indexes that were read before; null to read them all again.</param>
/// <param name="readsAll">Whether the manifests of images are read too, which tell what deleting frees: each reading counts as a pull unless ECR is told not to record it.</param>
internal sealed class StoredRepositories(AwsSession session, string registryId, ManifestMemory? memory, bool readsAll)
{
    private const int AtOnce = 8;

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

    /// <summary>A repository with its images; null if there is none.</summary>
    /// <exception cref="LadingException">It could not be read.</exception>
    public async Task<StoredRepository?> FindAsync(
        RepositoryName name,
        bool isOfProject,
        CancellationToken cancellationToken
    )
    {
        // Told before any manifest is read, since that counts as a pull.
        if (await FindDetailsAsync(name, cancellationToken).ConfigureAwait(false) is not { } details)
        {
            return null;
        }

        var wanted = details.Where(detail => readsAll || MediaTypes.IsIndex(detail.MediaType)).ToList();
        var contents = await ReadAsync(name, wanted, cancellationToken).ConfigureAwait(false);
        return new StoredRepository
        {
            Host = Host,
            Name = name,
            IsOfProject = isOfProject,
            Images = [.. details.Select(detail => ImageOf(detail, contents))],
        };
    }

    private static StoredImage ImageOf(ImageDetail detail, Dictionary<Digest, ManifestParts> contents)
    {
        var parts = contents.GetValueOrDefault(detail.Digest);
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
            Subject = parts?.Subject ?? detail.Subject,
            Children =
                parts is not null ? parts.Children
                : mayHaveChildren ? null
                : [],
            Blobs = parts?.Blobs,
            Size = detail.Size,
        };
    }

    private async Task<List<ImageDetail>?> FindDetailsAsync(RepositoryName name, CancellationToken cancellationToken)
    {
        foreach (var status in new[] { "ANY", null })
        {
            try
            {
                var details = new List<ImageDetail>();
                await foreach (
                    var detail in session
                        .ListAsync(next => new DescribeImages(registryId, name, [], status, next), cancellationToken)
                        .ConfigureAwait(false)
                )
                {
                    details.Add(detail);
                }

                return [.. details.DistinctBy(detail => detail.Digest)];
            }
            catch (AwsException e) when (e.Error.Code == "InvalidParameterException" && status is not null)
            {
                // A region, or a server in ECR's place, that does not know archived images.
            }
            catch (AwsException)
            {
                return null;
            }
        }

        return null;
    }

    private async Task<Dictionary<Digest, ManifestParts>> ReadAsync(
        RepositoryName name,
        IReadOnlyList<ImageDetail> details,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<Digest, ManifestParts>();
        var shared = new SharedDescriptors();
        var missing = new List<Digest>();
        foreach (var detail in details)
        {
            if (MediaTypes.IsIndex(detail.MediaType) && memory?.Find(detail.Digest) is { } known)
            {
                found[detail.Digest] = ManifestParts.Of(known, shared);
            }
            else if (!detail.IsArchived)
            {
                // What is archived cannot be read; an index that was read before is remembered.
                missing.Add(detail.Digest);
            }
        }

        foreach (var several in missing.Chunk(ImageIds.Most).Chunk(AtOnce))
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

    /// <summary>A manifest whose bytes are those of its digest; null if they are not, so that what it names stays unknown.</summary>
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
