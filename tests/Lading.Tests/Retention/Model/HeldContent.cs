using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Tests.Retention.Model;

/// <summary>Content in a repository. What every reading asks of it is computed once after each change.</summary>
internal sealed class HeldContent(Content content, DateTimeOffset pushedAt)
{
    private readonly List<string> tags = [];
    private StoredImage? stored;
    private bool? isMarked;
    private bool? isOfPeople;

    public Content Content { get; } = content;

    public DateTimeOffset PushedAt { get; } = pushedAt;

    public DateTimeOffset? PulledAt
    {
        get;
        set
        {
            field = value;
            stored = null;
        }
    }

    public bool IsArchived
    {
        get;
        set
        {
            field = value;
            stored = null;
        }
    }

    public IReadOnlyList<string> Tags => tags;

    public bool IsMarked => isMarked ??= DeletionMark.MarkedSince(Content.Digest, tags) is not null;

    /// <summary>Whether somebody gave it a tag that the policy keeps, or pushed it without Lading.</summary>
    public bool IsOfPeople =>
        isOfPeople ??=
            tags.Exists(tag => tag.StartsWith('v'))
            || (
                tags.Exists(tag => tag.StartsWith('x'))
                && !tags.Exists(tag => tag.StartsWith("src-", StringComparison.Ordinal))
            );

    /// <summary>Its entry in the registry's listing.</summary>
    public StoredImage Stored =>
        stored ??= new StoredImage
        {
            Digest = Content.Digest,
            MediaType = Content.Children.Count > 0 ? MediaTypes.OciIndex : MediaTypes.OciManifest,
            Tags = [.. tags],
            PushedAt = PushedAt,
            PulledAt = PulledAt,
            IsArchived = IsArchived,
            Subject = tags.Exists(tag => tag.StartsWith("sha256-", StringComparison.Ordinal))
                ? null
                : Content.Subject?.Digest,
            Children = [.. Content.Children.Select(child => child.Descriptor)],
        };

    public void Add(string tag)
    {
        tags.Add(tag);
        Forget();
    }

    public void Remove(string tag)
    {
        tags.Remove(tag);
        Forget();
    }

    private void Forget() => (stored, isMarked, isOfPeople) = (null, null, null);
}
