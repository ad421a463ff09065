using Lading.Oci;

namespace Lading.Tests.Retention.Model;

/// <summary>
/// A repository that behaves like one in ECR: removing the last tag deletes the image, and an index protects its
/// children.
/// </summary>
internal sealed class ModelRepository(string host)
{
    private readonly Dictionary<Digest, HeldContent> images = [];
    private readonly Dictionary<string, HeldContent> byTag = new(StringComparer.Ordinal);

    public string Host { get; } = host;

    public IEnumerable<HeldContent> Images => images.Values;

    public HeldContent? Find(Content content) => images.GetValueOrDefault(content.Digest);

    public HeldContent? Find(Digest digest) => images.GetValueOrDefault(digest);

    public bool Has(Content content) => images.ContainsKey(content.Digest);

    /// <summary>What a tag points to; null if there is no such tag.</summary>
    public HeldContent? FindTag(string tag) => byTag.GetValueOrDefault(tag);

    /// <summary>Pushes content with all that it needs. A tag that exists already moves.</summary>
    public HeldContent Put(Content content, DateTimeOffset now, string? tag)
    {
        foreach (var child in content.Children)
        {
            Put(child, now, null);
        }

        if (!images.TryGetValue(content.Digest, out var held))
        {
            images[content.Digest] = held = new HeldContent(content, now);
        }

        if (tag is not null)
        {
            FindTag(tag)?.Remove(tag);
            held.Add(tag);
            byTag[tag] = held;
            // ECR restores an archived image that is pushed, or tagged, again.
            held.IsArchived = false;
        }

        return held;
    }

    /// <summary>Removes a tag, and with the last tag the image.</summary>
    /// <returns>The deleted image; null if there was none.</returns>
    public Content? RemoveTag(string tag)
    {
        if (FindTag(tag) is not { } held)
        {
            return null;
        }

        if (held.Tags.Count == 1)
        {
            return Remove(held);
        }

        held.Remove(tag);
        byTag.Remove(tag);
        return null;
    }

    /// <summary>Removes an image with all of its tags, unless an index needs it.</summary>
    public Content? Remove(HeldContent held)
    {
        foreach (var index in images.Values)
        {
            if (index.Content.Children.Contains(held.Content))
            {
                return null;
            }
        }

        images.Remove(held.Content.Digest);
        foreach (var tag in held.Tags)
        {
            byTag.Remove(tag);
        }

        return held.Content;
    }
}
