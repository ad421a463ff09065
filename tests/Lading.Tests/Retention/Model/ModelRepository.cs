using Lading.Oci;

namespace Lading.Tests.Retention.Model;

/// <summary>A repository of ECR as it behaves: removing the last tag deletes the image, and an index protects its children.</summary>
internal sealed class ModelRepository(string host)
{
    private readonly Dictionary<Digest, HeldContent> images = [];

    public string Host { get; } = host;

    public IEnumerable<HeldContent> Images => images.Values;

    public HeldContent? Find(Content content) => images.GetValueOrDefault(content.Digest);

    public HeldContent? Find(Digest digest) => images.GetValueOrDefault(digest);

    public bool Has(Content content) => images.ContainsKey(content.Digest);

    /// <summary>What a tag points to; null if there is no such tag.</summary>
    public HeldContent? FindTag(string tag)
    {
        foreach (var image in images.Values)
        {
            if (image.Tags.Contains(tag))
            {
                return image;
            }
        }

        return null;
    }

    /// <summary>Pushes content with all that it needs. A tag that is taken moves.</summary>
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
            FindTag(tag)?.Tags.Remove(tag);
            held.Tags.Add(tag);
            // ECR restores an archived image that is pushed, or tagged, again.
            held.IsArchived = false;
        }

        return held;
    }

    /// <summary>Removes a tag, and the image with its last one.</summary>
    /// <returns>The image that went with it; null if none did.</returns>
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

        held.Tags.Remove(tag);
        return null;
    }

    /// <summary>Removes an image with all of its tags, unless an index needs it.</summary>
    public Content? Remove(HeldContent held)
    {
        if (images.Values.Any(index => index.Content.Children.Contains(held.Content)))
        {
            return null;
        }

        images.Remove(held.Content.Digest);
        return held.Content;
    }
}

/// <summary>Content in a repository.</summary>
internal sealed class HeldContent(Content content, DateTimeOffset pushedAt)
{
    public Content Content { get; } = content;

    public DateTimeOffset PushedAt { get; } = pushedAt;

    public DateTimeOffset? PulledAt { get; set; }

    public bool IsArchived { get; set; }

    public List<string> Tags { get; } = [];

    public bool IsMarked => DeletionMark.MarkedSince(Content.Digest, Tags) is not null;
}
