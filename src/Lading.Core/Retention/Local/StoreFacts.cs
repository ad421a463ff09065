using Lading.Layout;
using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Local;

/// <summary>Reads the contents of a store of image layouts as evidence.</summary>
/// <param name="store">The store.</param>
/// <param name="isOfProject">Whether a repository is in <c>lading.json</c>.</param>
internal sealed class StoreFacts(LayoutStore store, Func<RepositoryName, bool> isOfProject)
{
    /// <summary>The host of all of its repositories.</summary>
    public const string Host = "embedded";

    public async Task<IReadOnlyList<StoredRepository>> ReadAsync(CancellationToken cancellationToken)
    {
        var repositories = new List<StoredRepository>();
        foreach (var name in store.List(cancellationToken))
        {
            repositories.Add(
                new StoredRepository
                {
                    Host = Host,
                    Name = name,
                    IsOfProject = isOfProject(name),
                    Images = await ReadAsync(name, cancellationToken).ConfigureAwait(false),
                }
            );
        }

        return repositories;
    }

    private async Task<IReadOnlyList<StoredImage>> ReadAsync(RepositoryName name, CancellationToken cancellationToken)
    {
        var layout = store.Open(name);
        var record = store.Find(name);
        var index = await layout.ReadIndexAsync(cancellationToken).ConfigureAwait(false);
        var images = new List<StoredImage>();
        var visited = new HashSet<Digest>();
        var waiting = new Queue<(Descriptor Item, IReadOnlyList<Tag> Tags)>(index.Images());
        while (waiting.TryDequeue(out var next))
        {
            if (!visited.Add(next.Item.Digest) || layout.Blobs.FindTime(next.Item.Digest) is not { } time)
            {
                continue;
            }

            var manifest = await TryReadAsync(layout, next.Item, cancellationToken).ConfigureAwait(false);
            images.Add(
                new StoredImage
                {
                    Digest = next.Item.Digest,
                    MediaType = next.Item.MediaType ?? "",
                    Tags = [.. next.Tags.Select(tag => tag.Name)],
                    PushedAt = time,
                    ActivatedAt = Find(record?.Activated, next.Item.Digest),
                    IsArchived = Find(record?.Archived, next.Item.Digest) is not null,
                    Children = manifest?.Children,
                    Subject = manifest?.Document.Subject?.Digest,
                    ArtifactType = manifest?.AsReferrer().ArtifactType,
                    Blobs = manifest is null ? null : [.. manifest.Blobs],
                }
            );
            foreach (var child in manifest?.Children ?? [])
            {
                if (MediaTypes.Manifests.Contains(child.MediaType, StringComparer.Ordinal))
                {
                    waiting.Enqueue((child, []));
                }
            }
        }

        return images;
    }

    private static DateTimeOffset? Find(IReadOnlyDictionary<string, DateTimeOffset>? times, Digest digest) =>
        times?.TryGetValue(digest.ToString(), out var time) == true ? time : null;

    /// <summary>A manifest; null if its file does not match its digest, or cannot be parsed.</summary>
    private static async Task<ManifestContent?> TryReadAsync(
        ImageLayout layout,
        Descriptor item,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await ManifestFile
                .ReadAsync(layout.Blobs, item.Digest, item.MediaType, layout.Display, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ContentMismatchException)
        {
            return null;
        }
    }
}
